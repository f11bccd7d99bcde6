from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from shop.models.cached_setting import CachedSetting

SHORTEST, LONGEST = 5, 24 * 60


@register_setting(icon="time")
class OrderSettings(CachedSetting):
    """How long an order that is not paid holds its stock."""

    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes an unpaid order holds its stock"),
        null=True,
        blank=True,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
        help_text=_(
            "Empty: as the server is set up (30 unless it says otherwise). Orders already placed keep theirs."
        ),
    )

    panels = [FieldPanel("hold_minutes")]

    class Meta:
        verbose_name = _("Orders")

    @classmethod
    def find_hold_minutes(cls) -> int:
        """What staff set, else what the environment says."""
        return cls.load().hold_minutes or settings.ORDER_HOLD_MINUTES
