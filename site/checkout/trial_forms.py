"""The form of "Try prices": a cart, somebody, an address and a moment."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.enums import IndianState, Membership
from accounts.validators import validate_pin_code
from checkout.enums import OrderPaymentMethod
from checkout.models import CartItem
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import LARGEST_QUANTITY
from shop.choosers import product_chooser_viewset
from shop.models import Product

LINES = 5


class TrialForm(forms.Form):
    """Read from the address, so that a result can be sent to a colleague as a link."""

    membership = forms.ChoiceField(
        label=gettext_lazy("Customer"),
        choices=[("", gettext_lazy("A guest")), *Membership.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("No address: handed over at the shop")), *IndianState.choices],
        required=False,
    )
    postal_code = forms.CharField(
        label=gettext_lazy("PIN code"), max_length=6, required=False, validators=[validate_pin_code]
    )
    coupon = forms.CharField(label=gettext_lazy("Coupon"), max_length=60, required=False)
    payment_method = forms.ChoiceField(
        label=gettext_lazy("Payment"), choices=OrderPaymentMethod.choices, required=False
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Moment"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("Empty: now. Later: with what is scheduled until then."),
    )

    def describe_buyer(self) -> Buyer:
        return Buyer(email="", state=self.cleaned_data["state"], postal_code=self.cleaned_data["postal_code"])

    def describe_wishes(self) -> Wishes:
        return Wishes(
            coupon=self.cleaned_data["coupon"],
            payment_method=self.cleaned_data["payment_method"] or OrderPaymentMethod.ONLINE,
        )


class TrialLineForm(forms.Form):
    product = forms.ModelChoiceField(
        label=gettext_lazy("Product"),
        queryset=Product.objects.select_related("tax_class"),
        required=False,
        widget=product_chooser_viewset.widget_class,
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("Quantity"), min_value=1, max_value=LARGEST_QUANTITY, required=False, initial=1
    )


class BaseTrialLines(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.make_items():
            raise forms.ValidationError(_("Choose at least one product."))

    def make_items(self) -> list[CartItem]:
        """Lines of a cart that is never saved; the same product twice adds up."""
        items: dict[int, CartItem] = {}
        for form in self.forms:
            product: Any = form.cleaned_data.get("product")
            if product is not None:
                item = items.setdefault(product.pk, CartItem(product=product, quantity=0))
                item.quantity += form.cleaned_data.get("quantity") or 1
        return list(items.values())


TrialLines = forms.formset_factory(TrialLineForm, formset=BaseTrialLines, extra=LINES, max_num=LINES)
