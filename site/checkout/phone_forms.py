"""What staff type for somebody on the phone: who it is, where it goes, and what they want."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import IndianState
from accounts.models import Customer
from accounts.pin_codes import guess_state
from accounts.validators import validate_phone, validate_pin_code
from checkout.choosers import customer_chooser, product_chooser
from checkout.desk_forms import RequestKey
from checkout.models import Order
from checkout.selectors.orders import find_contact, suggest_contact
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import LARGEST_QUANTITY
from shop.models import Product

ADDRESS = ("line1", "line2", "city", "state", "postal_code")
# What a parcel needs to arrive, and what to say where it is missing.
NEEDED = {
    "name": _("Enter the name that the parcel is for."),
    "line1": _("Enter the house and street."),
    "city": _("Enter the city."),
    "postal_code": _("Enter the PIN code."),
    "state": _("Choose the state."),
}


class PhoneOrderForm(forms.ModelForm):
    """Who is on the phone. The address is one, whole: the one typed here, else that of the customer's last order."""

    customer = forms.ModelChoiceField(
        label=_("Customer"),
        queryset=Customer.objects.select_related("user"),
        required=False,
        widget=customer_chooser.widget_class,
        help_text=_(
            "Leave it empty for somebody without an account. What you do not enter below is taken from the "
            "account; an address only as a whole."
        ),
    )
    is_picked_up = forms.BooleanField(
        label=_("The buyer picks it up"), required=False, help_text=_("Nothing is delivered: no address.")
    )
    # Asked only where PIN code and state do not fit together: some districts cross a border.
    keeps_state = forms.BooleanField(
        label=_("The state is right as it stands"), required=False, widget=forms.HiddenInput
    )
    coupon = forms.CharField(
        label=_("Coupon"),
        max_length=60,
        required=False,
        help_text=_("The code that they name. It has to hold for them, as if they ordered themselves."),
    )
    key = RequestKey()

    class Meta:
        model = Order
        fields = [
            "customer",
            "email",
            "name",
            "phone",
            "line1",
            "line2",
            "postal_code",
            "city",
            "state",
            "keeps_state",
            "is_picked_up",
            "note",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["phone"].validators.append(validate_phone)
        self.fields["postal_code"].validators.append(validate_pin_code)

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("email") and not data.get("customer") and "email" not in self.errors:
            self.add_error("email", _("Enter where the payment link goes, or choose a customer."))
        self.contact = self.choose_contact(data)
        if data.get("is_picked_up"):
            self.refuse_address(data)
        else:
            self.require_address()
            self.compare_state(keeps_state=data.get("keeps_state", False))
        return data

    def choose_contact(self, data: dict[str, Any]) -> dict[str, str]:
        """What is known, with what was typed instead; never half of one address and half of another."""
        customer = data.get("customer")
        has_own_address = any(data.get(name) or name in self.errors for name in ADDRESS)
        takes_last = not has_own_address and not data.get("is_picked_up")
        contact = suggest_contact(customer) if takes_last else find_contact(customer)
        fields = ("email", "name", "phone", *ADDRESS, "note")
        contact |= {name: data[name] for name in fields if data.get(name)}
        return contact | {"state": contact.get("state") or guess_state(contact.get("postal_code", ""))}

    def refuse_address(self, data: dict[str, Any]) -> None:
        if any(data.get(name) for name in ADDRESS):
            self.add_error("is_picked_up", _("Leave the address empty, or do not choose this."))

    def require_address(self) -> None:
        for name, sentence in NEEDED.items():
            if not self.contact.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def compare_state(self, *, keeps_state: bool) -> None:
        """A state that the PIN code does not lie in is asked about once: it decides charges and tax."""
        guessed, state = guess_state(self.contact.get("postal_code", "")), self.contact["state"]
        if keeps_state or guessed in ("", state) or "state" in self.errors:
            return
        self.fields["keeps_state"].widget = forms.CheckboxInput()
        self.add_error(
            "state",
            _(
                "The PIN code %(pin)s usually lies in %(guessed)s, not in %(state)s. Choose that, or say below "
                "that it is right."
            )
            % {
                "pin": self.contact["postal_code"],
                "guessed": IndianState(guessed).label,
                "state": IndianState(state).label,
            },
        )

    def make_buyer(self, *, entered_by_id: int) -> Buyer:
        customer = self.cleaned_data["customer"]
        return Buyer(
            **self.contact,
            customer_id=customer.pk if customer else None,
            user_id=customer.user_id if customer else None,
            entered_by_id=entered_by_id,
        )

    def make_wishes(self) -> Wishes:
        return Wishes(coupon=self.cleaned_data["coupon"])


class PhoneLineForm(forms.Form):
    product = forms.ModelChoiceField(
        label=_("Product"),
        queryset=Product.objects.live(),
        required=False,
        widget=product_chooser.widget_class,
    )
    quantity = forms.IntegerField(
        label=_("Quantity"), min_value=1, max_value=LARGEST_QUANTITY, required=False, initial=1
    )


class BasePhoneLines(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.read_quantities():
            raise forms.ValidationError(_("Choose at least one product."))

    def read_quantities(self) -> dict[int, int]:
        """By product's id; the same product twice adds up."""
        quantities: dict[int, int] = {}
        for form in self.forms:
            product = form.cleaned_data.get("product")
            if product is not None:
                quantities.setdefault(product.pk, 0)
                quantities[product.pk] += form.cleaned_data.get("quantity") or 1
        return quantities


PhoneLines = forms.formset_factory(PhoneLineForm, formset=BasePhoneLines, extra=8, max_num=50)
