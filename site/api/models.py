import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from api.querysets import IdempotentRequestQuerySet


def make_token() -> str:
    return uuid.uuid4().hex


class IdempotentRequest(models.Model):
    """A request with an `Idempotency-Key`, written before its effect; the answer joins it when there is one.

    The effect's own row carries `effect_key`, unique, for as long as it lives: that a client uses its key
    for something new after a day must not find it.
    """

    # Of principal and key: a client's key is case-sensitive, the columns of MariaDB are not.
    digest = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(_("hash of method, path, principal and body"), max_length=64)
    effect_key = models.CharField(max_length=32, default=make_token)
    # The try that works on it. One that outlived its lease finds another name here.
    owner = models.CharField(max_length=32, default=make_token)
    leased_until = models.DateTimeField(_("leased until"))
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    content = models.TextField(_("body of the answer"), blank=True)
    created_at = models.DateTimeField(_("created"), db_index=True)

    objects = IdempotentRequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request with a key")
        verbose_name_plural = _("requests with a key")

    def __str__(self) -> str:
        return self.digest

    @property
    def is_answered(self) -> bool:
        return self.status is not None
