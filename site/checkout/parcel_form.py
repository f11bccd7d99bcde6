"""The form of a parcel: what is in it, and how its buyer may follow it."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from checkout.models import Order
from checkout.services.fulfilment import Tracking

LINE_PREFIX = "line-"


class ParcelForm(forms.Form):
    """Filled with all that is left to send. `tracking()` and `quantities()` are what the service takes."""

    carrier = forms.CharField(
        label=_("Carrier"), max_length=60, required=False, help_text=_("For example India Post or Delhivery.")
    )
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    tracking_url = forms.URLField(
        label=_("Tracking address"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Where the buyer follows the parcel. It becomes a link in the mail."),
    )

    def __init__(self, *args, order: Order, left: Mapping[int, int], **kwargs) -> None:
        """`left`: quantities by order item's id that are still to be sent."""
        super().__init__(*args, **kwargs)
        self.items = [item for item in order.items.all() if item.pk in left]
        for item in self.items:
            self.fields[f"{LINE_PREFIX}{item.pk}"] = forms.IntegerField(
                label=f"{item.title} ({item.sku})",
                help_text=_("%(count)s to send") % {"count": left[item.pk]},
                min_value=0,
                max_value=left[item.pk],
                initial=left[item.pk],
                disabled=order.is_cash,
            )

    @property
    def line_fields(self) -> list[forms.BoundField]:
        return [self[f"{LINE_PREFIX}{item.pk}"] for item in self.items]

    @property
    def tracking_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("carrier", "tracking_number", "tracking_url")]

    def tracking(self) -> Tracking:
        return Tracking(**{field.name: self.cleaned_data[field.name] for field in self.tracking_fields})

    def quantities(self) -> dict[int, int]:
        return {item.pk: self.cleaned_data[f"{LINE_PREFIX}{item.pk}"] for item in self.items}
