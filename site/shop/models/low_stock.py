from django.db import models
from django.utils.translation import gettext_lazy as _


class LowStock(models.Model):
    """That staff know of a product that runs low: told once for each time its stock falls that far."""

    product = models.OneToOneField("shop.Product", on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(_("told"))

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("product that runs low")
        verbose_name_plural = _("products that run low")

    def __str__(self) -> str:
        return str(self.product)
