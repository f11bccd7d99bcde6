import secrets
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import ConsentTopic
from notifications.querysets import ConsentQuerySet


def make_token() -> str:
    return secrets.token_urlsafe(32)


class Consent(models.Model):
    """Who agreed to get which marketing mails: when, where, and to which words. Kept after it is withdrawn, as proof.

    The newsletter counts from `confirmed_at`, by a link in a mail; what a shopper asks for in so many words
    (their cart, a product) is confirmed at once.
    """

    address = models.EmailField(_("address"), help_text=_("In small letters."))
    topic = models.CharField(_("about"), max_length=12, choices=ConsentTopic.choices)
    source = models.CharField(
        _("given where"), max_length=120, help_text=_("A page's path, checkout, account.")
    )
    wording = models.TextField(_("words agreed to"))
    # Opens this consent to be confirmed or withdrawn, and nothing else.
    token = models.CharField(max_length=64, unique=True, default=make_token, editable=False)
    # Null once it is withdrawn: one consent stands at a time, and any number lie behind it.
    standing_key = models.CharField(max_length=280, unique=True, null=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_how = models.CharField(_("withdrawn how"), max_length=60, blank=True)

    objects = ConsentQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-id"]
        indexes = [models.Index(fields=["address", "topic"], name="consent_address_topic")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, standing_key__isnull=False)
                | Q(withdrawn_at__isnull=False, standing_key__isnull=True),
                name="consent_stands_until_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_topic_display()}"

    @property
    def wording_version(self) -> str:
        """Tells texts apart: the first letters of the words' hash."""
        return sha256(self.wording.encode()).hexdigest()[:8]
