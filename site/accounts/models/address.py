from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import IndianState
from accounts.validators import validate_phone, validate_pin_code


class Address(models.Model):
    """A saved address of a customer. Orders copy it: changing one here changes no order."""

    customer = models.ForeignKey("accounts.Customer", on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True, validators=[validate_phone])
    line1 = models.CharField(_("address"), max_length=200)
    line2 = models.CharField(_("area, landmark"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100)
    state = models.CharField(_("state"), max_length=2, choices=IndianState.choices)
    postal_code = models.CharField(_("PIN code"), max_length=10, validators=[validate_pin_code])
    country = models.CharField(_("country"), max_length=2, default="IN")

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name}, {self.line1}, {self.city} {self.postal_code}"
