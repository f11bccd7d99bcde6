"""How many prices or stocks are to change, and why."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.desk.cell_forms import WHY
from shop.enums import BulkField
from shop.pricing.adjustments import AdjustmentKind, PriceAdjustment, Rounding
from shop.services.bulk_changes import HIGHEST_PRICE, LARGEST_STOCK, Intent, StockAdjustment
from shop.templatetags.money import money

KINDS = {
    AdjustmentKind.PERCENT: gettext_lazy("Percent more or less"),
    AdjustmentKind.AMOUNT: gettext_lazy("Rupees more or less"),
    AdjustmentKind.SET: gettext_lazy("One price for all"),
    AdjustmentKind.KEEP: gettext_lazy("Only round"),
}
ROUNDINGS = {
    Rounding.PAISA: gettext_lazy("To the paisa"),
    Rounding.WHOLE: gettext_lazy("To whole rupees"),
    Rounding.NINETY_NINE: gettext_lazy("To prices that end in .99"),
}
ADD, COUNTED = "add", "counted"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=255,
        error_messages={"required": WHY},
        widget=forms.TextInput({"list": "haat-reasons", "autocomplete": "off"}),
        help_text=gettext_lazy("Stands in the history of each product."),
    )


class PriceChangeForm(ReasonForm):
    """A value of many percent is a slip of the finger more often than meant."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Change"), choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    value = forms.DecimalField(
        label=gettext_lazy("By or to"),
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("For less, type a minus: -20 makes every price 20 percent lower."),
        widget=forms.NumberInput({"step": "0.01", "inputmode": "decimal", "autocomplete": "off"}),
    )
    rounding = forms.ChoiceField(
        label=gettext_lazy("Rounding"), choices=[(kind.value, label) for kind, label in ROUNDINGS.items()]
    )
    field_order = ["kind", "value", "rounding", "reason"]

    def clean(self) -> dict:
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and "value" not in self.errors and (problem := find_problem(kind, value)):
            self.add_error("value", problem)
        if kind == AdjustmentKind.KEEP and cleaned.get("rounding") == Rounding.PAISA:
            self.add_error("rounding", _("Prices end in paise already: choose how to round them."))
        return cleaned

    def read_adjustment(self) -> PriceAdjustment:
        return PriceAdjustment(
            AdjustmentKind(self.cleaned_data["kind"]),
            self.cleaned_data["value"] or Decimal(0),
            Rounding(self.cleaned_data["rounding"]),
        )

    def read_intent(self, user) -> Intent:
        return Intent(BulkField.PRICE, self.describe(), self.cleaned_data["reason"], user.pk)

    def describe(self) -> str:
        """The change in a few words, for the list of changes."""
        kind, value = self.cleaned_data["kind"], self.cleaned_data["value"] or Decimal(0)
        size = f"{abs(value).normalize():f}"
        words = {
            AdjustmentKind.PERCENT: _("%(size)s %% more") if value > 0 else _("%(size)s %% less"),
            AdjustmentKind.AMOUNT: _("₹%(size)s more") if value > 0 else _("₹%(size)s less"),
            AdjustmentKind.SET: _("%(price)s for all"),
            AdjustmentKind.KEEP: _("rounded"),
        }
        said = words[AdjustmentKind(kind)] % {"size": size, "price": money(value)}
        rounding = Rounding(self.cleaned_data["rounding"])
        return said if rounding == Rounding.PAISA else f"{said}, {str(ROUNDINGS[rounding]).lower()}"


def find_problem(kind: str, value: Decimal | None) -> str:
    if kind == AdjustmentKind.KEEP:
        return ""
    if not value:
        return _("Type a number that is not 0.")
    if kind == AdjustmentKind.PERCENT and not -100 < value <= 1000:
        return _("Choose a percentage above −100 and up to 1000.")
    if kind == AdjustmentKind.SET and not 1 <= value <= HIGHEST_PRICE:
        return _("₹1 is the lowest price.")
    return ""


class StockChangeForm(ReasonForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Change"),
        choices=[
            (ADD, gettext_lazy("Add or take away")),
            (COUNTED, gettext_lazy("Set to what was counted")),
        ],
    )
    value = forms.IntegerField(
        label=gettext_lazy("Pieces of each"),
        min_value=-LARGEST_STOCK,
        max_value=LARGEST_STOCK,
        help_text=gettext_lazy("To take away, type a minus: -3."),
        widget=forms.NumberInput({"step": "1", "inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["kind", "value", "reason"]

    def clean(self) -> dict:
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind == COUNTED and value is not None and value < 0:
            self.add_error("value", _("What was counted is 0 or more."))
        if kind == ADD and value == 0:
            self.add_error("value", _("Type a number that is not 0."))
        return cleaned

    def read_adjustment(self) -> StockAdjustment:
        value = self.cleaned_data["value"]
        return (
            StockAdjustment(counted=value) if self.cleaned_data["kind"] == COUNTED else StockAdjustment(value)
        )

    def read_intent(self, user) -> Intent:
        is_delta = self.cleaned_data["kind"] == ADD
        reason = self.cleaned_data["reason"]
        return Intent(BulkField.STOCK, self.describe(), reason, user.pk, is_delta=is_delta)

    def describe(self) -> str:
        value = self.cleaned_data["value"]
        if self.cleaned_data["kind"] == COUNTED:
            return _("set to %(count)s") % {"count": value}
        return (
            _("%(count)s more of each") % {"count": value}
            if value > 0
            else _("%(count)s fewer of each") % {"count": -value}
        )
