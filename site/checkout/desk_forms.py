"""Forms of the people behind the counter, in Wagtail's admin."""

import uuid
from decimal import Decimal

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from checkout.enums import ReturnStatus
from checkout.models import Order, OrderItem, Payment
from checkout.services.refunds import count_refundable
from checkout.services.shares import find_rest

LINE_PREFIX = "line-"


class RequestKey(forms.CharField):
    """Tells a form that is sent twice from two forms: made when the form is shown, kept while it is corrected."""

    def __init__(self) -> None:
        super().__init__(max_length=64, widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex)


class RefundWay(models.TextChoices):
    WHOLE = "whole", _("All that is left")
    LINES = "lines", _("Some of the lines")
    AMOUNT = "amount", _("An amount")


class RefundForm(forms.Form):
    """How much of an order's payment goes back; `wish()` is what the service takes."""

    way = forms.ChoiceField(label=_("What goes back"), choices=RefundWay.choices, widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("Amount in ₹"), max_digits=12, decimal_places=2, min_value=Decimal("0.01"), required=False
    )
    restock = forms.BooleanField(
        label=_("Put the goods back on the shelf"),
        required=False,
        help_text=_("Only if they are here and can be sold again. Not for an amount."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=255, help_text=_("The customer reads it in the mail.")
    )
    key = RequestKey()

    def __init__(self, *args, order: Order, payment: Payment, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.left = count_refundable(payment)
        rest = find_rest(order) if payment in order.payments.applied() else {}
        self.items = [item for item in order.items.all() if item.pk in rest]
        for item in self.items:
            self.fields[f"{LINE_PREFIX}{item.pk}"] = make_quantity(item, most=rest[item.pk])
        if not self.items:
            self.fields["way"].choices = [
                choice for choice in RefundWay.choices if choice[0] != RefundWay.LINES
            ]
            del self.fields["restock"]

    @property
    def line_fields(self) -> list[forms.BoundField]:
        return [self[f"{LINE_PREFIX}{item.pk}"] for item in self.items]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("way") == RefundWay.AMOUNT and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Enter the amount that goes back."))
        if data.get("way") == RefundWay.AMOUNT and data.get("restock"):
            self.add_error("restock", _("Choose lines, so that it is clear what goes back on the shelf."))
        if data.get("way") == RefundWay.LINES and not self.read_lines():
            self.add_error("way", _("Enter how many of which line go back."))
        return data

    def read_lines(self) -> dict[int, int]:
        counts = {item.pk: self.cleaned_data.get(f"{LINE_PREFIX}{item.pk}") for item in self.items}
        return {pk: count for pk, count in counts.items() if count}

    def wish(self) -> dict:
        data = self.cleaned_data
        return {
            "amount": data["amount"] if data["way"] == RefundWay.AMOUNT else None,
            "lines": self.read_lines() if data["way"] == RefundWay.LINES else None,
            "restock": data.get("restock", False),
            "reason": data["reason"],
            "idempotency_key": data["key"],
        }


def make_quantity(item: OrderItem, *, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{item.title} ({item.sku})",
        help_text=_("%(most)s at most") % {"most": most},
        min_value=0,
        max_value=most,
        required=False,
    )


class ReasonForm(forms.Form):
    """Why staff do something that the order's history keeps."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReturnAnswerForm(forms.Form):
    """Accepting may do without a word; a rejection says why."""

    to_status = forms.TypedChoiceField(
        choices=[(ReturnStatus.ACCEPTED, _("Accept")), (ReturnStatus.REJECTED, _("Reject"))],
        coerce=ReturnStatus,
    )
    answer = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("to_status") == ReturnStatus.REJECTED and not data.get("answer"):
            self.add_error("answer", _("Tell the customer why."))
        return data
