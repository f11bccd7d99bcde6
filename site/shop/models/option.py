from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductOption(models.Model):
    """What tells one variant from another, for example Size: M."""

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="options")
    name = models.CharField(_("name"), max_length=40)
    value = models.CharField(_("value"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="option_once_per_product")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
