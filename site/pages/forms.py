"""Forms of pages: an editor's facts, and a PIN code to deliver to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_pin_code
from shop.models import TaxClass
from shop.validators import validate_hsn_code


class FactsForm(forms.Form):
    """Facts as an editor types them. `seen` is the stock that the form showed.

    Of the `MAY_BE_MISSING`, what was not sent is not among the cleaned data; an empty text is a value.
    """

    MAY_BE_MISSING = ("tax_class", "hsn_code", "weight_grams", "low_stock_threshold")

    unit_price = forms.DecimalField(min_value=1, max_digits=12, decimal_places=2)
    inventory = forms.IntegerField(min_value=0, max_value=10_000_000)
    seen = forms.IntegerField(min_value=0)
    tax_class = forms.ModelChoiceField(
        TaxClass.objects.all(),
        required=False,
        error_messages={"invalid_choice": _("This tax class no longer exists. Choose another one.")},
    )
    hsn_code = forms.CharField(required=False, validators=[validate_hsn_code])
    weight_grams = forms.IntegerField(
        min_value=0,
        max_value=10_000_000,
        error_messages={
            key: _("Enter the weight in whole grams, 0 or more. 0 means not known.")
            for key in ("required", "invalid", "min_value")
        },
    )
    low_stock_threshold = forms.IntegerField(
        min_value=0,
        max_value=10_000_000,
        error_messages={
            key: _("Enter a whole number, 0 or more. With 0 the shop never says that stock is low.")
            for key in ("required", "invalid", "min_value")
        },
    )

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        for name in self.MAY_BE_MISSING:
            if data.get(name) is None:
                del self.fields[name]


class DeliveryCheckForm(forms.Form):
    """A PIN code to which a product should come; a public GET form, so it carries no token."""

    product = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    pin = forms.CharField(
        label=_("PIN code"),
        max_length=6,
        validators=[validate_pin_code],
        error_messages={"required": _("Enter a PIN code of six digits, for example 560001.")},
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )

    def find_product_id(self) -> int | None:
        """The product asked about, whatever was typed as its PIN code."""
        self.is_valid()
        return self.cleaned_data.get("product")
