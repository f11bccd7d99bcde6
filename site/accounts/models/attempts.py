from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInAttempts(models.Model):
    """When somebody lately tried to sign in: to one account, or from one address. Locked while it is counted."""

    # A hash: who tries, and with which name, is nobody's business once it is over.
    digest = models.CharField(max_length=64, unique=True)
    moments = models.JSONField(_("seconds since 1970"), default=list)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attempts to sign in")
        verbose_name_plural = _("attempts to sign in")

    def __str__(self) -> str:
        return self.digest
