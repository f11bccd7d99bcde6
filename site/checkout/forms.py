"""Forms of the checkout; each error is one sentence beside its field."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import IndianState
from accounts.validators import validate_phone, validate_pin_code
from checkout.enums import OrderPaymentMethod
from checkout.models import OrderItem
from checkout.services.businesses import InvalidBusiness, read_business
from checkout.services.carts import LARGEST_QUANTITY

# "This field is required" says nothing; these say what to do.
PLEASE = {
    "email": _("Enter your email address, so that we can confirm the order."),
    "name": _("Enter the name that the parcel is for."),
    "phone": _("Enter a mobile number for the courier."),
    "line1": _("Enter the house and street."),
    "postal_code": _("Enter the PIN code."),
    "city": _("Enter the city."),
    "state": _("Choose the state."),
    "accept_terms": _("Accept the terms to place the order."),
}


class AddForm(forms.Form):
    product_id = forms.IntegerField(min_value=1)
    quantity = forms.IntegerField(min_value=1, max_value=LARGEST_QUANTITY, required=False)

    def clean_quantity(self) -> int:
        return self.cleaned_data["quantity"] or 1


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(min_value=0, max_value=LARGEST_QUANTITY)


class CheckoutForm(forms.Form):
    """Contact and address; the autocomplete tokens let a phone fill it in."""

    email = forms.EmailField(
        label=_("Email"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    name = forms.CharField(
        label=_("Full name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        validators=[validate_phone],
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    line1 = forms.CharField(
        label=_("House, street"), max_length=200, widget=forms.TextInput({"autocomplete": "address-line1"})
    )
    line2 = forms.CharField(
        label=_("Area, landmark"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-line2"}),
    )
    postal_code = forms.CharField(
        label=_("PIN code"),
        max_length=6,
        validators=[validate_pin_code],
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    city = forms.CharField(
        label=_("City"), max_length=100, widget=forms.TextInput({"autocomplete": "address-level2"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Choose a state")), *IndianState.choices],
        widget=forms.Select({"autocomplete": "address-level1"}),
    )
    company = forms.CharField(
        label=_("Name of the business"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    gstin = forms.CharField(
        label=_("GSTIN"),
        max_length=30,
        required=False,
        help_text=_("15 characters, registered in the state of the address."),
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false"}),
    )
    note = forms.CharField(
        label=_("Note for the seller"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    # Which ones there are depends on the address; the service refuses others.
    delivery = forms.CharField(max_length=80, required=False)
    payment_method = forms.ChoiceField(choices=OrderPaymentMethod.choices, required=False)
    # The total that the page showed: an order never costs more than its buyer has seen.
    shown_total = forms.DecimalField(max_digits=12, decimal_places=2, required=False)
    accept_terms = forms.BooleanField(label=_("I accept the terms of sale and the returns policy."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in PLEASE.items():
            self.fields[name].error_messages["required"] = sentence

    def clean_payment_method(self) -> str:
        return self.cleaned_data["payment_method"] or OrderPaymentMethod.ONLINE

    def clean(self) -> dict:
        """Company and GSTIN stand or fall together, and with the state."""
        cleaned = super().clean()
        typed = {name: cleaned.get(name, "") for name in ("company", "gstin", "state")}
        try:
            return {**cleaned, **read_business(**typed)}
        except InvalidBusiness as error:
            self.add_error(error.field, str(error))
            return cleaned

    @property
    def is_for_business(self) -> bool:
        """Whether the fields of a business have something to show."""
        return any(self[name].value() or self[name].errors for name in ("company", "gstin"))


class ReturnForm(forms.Form):
    """How many of which line come back, and why. `most` are the quantities that may, by item's id."""

    reason = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Tell us why, so that we can do better.")},
    )

    def __init__(self, *args, items: Iterable[OrderItem], most: Mapping[int, int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"line-{item.pk}": item.pk for item in items}
        for item in items:
            self.fields[f"line-{item.pk}"] = forms.IntegerField(
                label=item.title,
                help_text=_("%(most)s at most") % {"most": most[item.pk]},
                min_value=0,
                max_value=most[item.pk],
                required=False,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )
        self.order_fields([*self.names, "reason"])

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors and not self.read_lines():
            raise forms.ValidationError(_("Enter how many of which line you want to send back."))
        return data

    def read_lines(self) -> dict[int, int]:
        return {pk: self.cleaned_data[name] for name, pk in self.names.items() if self.cleaned_data.get(name)}
