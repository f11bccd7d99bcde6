"""A price or a stock changed in the table: what it was when one looked, what it is to be, and why."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.pricing import PAISA
from shop.services.bulk_changes import HIGHEST_PRICE, LARGEST_STOCK

WHY = _("Say why, in a few words: others will read it in the history.")
DELTA, COUNTED = "delta", "counted"


class ReasonedForm(forms.Form):
    reason = forms.CharField(max_length=255, error_messages={"required": WHY})


class PriceForm(ReasonedForm):
    seen = forms.DecimalField(min_value=0)
    unit_price = forms.DecimalField(
        min_value=1,
        max_value=HIGHEST_PRICE,
        decimal_places=2,
        error_messages={
            "required": _("Type the new price in rupees."),
            "invalid": _("Type the new price in rupees."),
            "min_value": _("₹1 is the lowest price."),
        },
    )

    def clean_unit_price(self) -> Decimal:
        return self.cleaned_data["unit_price"].quantize(PAISA)


class StockForm(ReasonedForm):
    seen = forms.IntegerField(min_value=0)
    way = forms.ChoiceField(choices=[(DELTA, DELTA), (COUNTED, COUNTED)])
    pieces = forms.IntegerField(
        min_value=-LARGEST_STOCK,
        max_value=LARGEST_STOCK,
        error_messages={
            "required": _("Type how many pieces, as a whole number."),
            "invalid": _("Type how many pieces, as a whole number."),
        },
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("way") == COUNTED and cleaned.get("pieces", 0) < 0:
            self.add_error("pieces", _("What was counted is 0 or more."))
        return cleaned

    def wish(self) -> dict:
        """As `change_stock_now` takes it."""
        pieces = self.cleaned_data["pieces"]
        if self.cleaned_data["way"] == COUNTED:
            return {"counted": (self.cleaned_data["seen"], pieces)}
        return {"delta": pieces}
