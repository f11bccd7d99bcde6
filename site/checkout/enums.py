"""States of orders, payments and refunds, and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    PLACED = "placed", _("Waiting for payment")
    PAID = "paid", _("Paid")
    FULFILLED = "fulfilled", _("On its way")
    COMPLETED = "completed", _("Completed")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


# The one table of transitions. Paid after expiry or cancellation only with a new hold of the stock.
ALLOWED_TRANSITIONS: dict[str, frozenset[str]] = {
    OrderStatus.PLACED: frozenset({OrderStatus.PAID, OrderStatus.EXPIRED, OrderStatus.CANCELLED}),
    OrderStatus.PAID: frozenset({OrderStatus.FULFILLED}),
    OrderStatus.FULFILLED: frozenset({OrderStatus.COMPLETED}),
    OrderStatus.COMPLETED: frozenset(),
    OrderStatus.EXPIRED: frozenset({OrderStatus.PAID}),
    OrderStatus.CANCELLED: frozenset({OrderStatus.PAID}),
}

# What cash on delivery allows besides: sent before it is paid, and back where nobody took it in.
CASH_TRANSITIONS: dict[str, frozenset[str]] = {
    OrderStatus.PLACED: frozenset({OrderStatus.FULFILLED}),
    OrderStatus.FULFILLED: frozenset({OrderStatus.CANCELLED}),
}

# What comes to nothing is paid by its coupon: no money has to go back, so it can be cancelled until it is sent.
FREE_TRANSITIONS: dict[str, frozenset[str]] = {OrderStatus.PAID: frozenset({OrderStatus.CANCELLED})}

PAID_STATUSES = frozenset({OrderStatus.PAID, OrderStatus.FULFILLED, OrderStatus.COMPLETED})

# What is sold is invoiced: when it is paid, or when it leaves unpaid (cash on delivery).
INVOICED_STATUSES = PAID_STATUSES


class OrderPaymentMethod(models.TextChoices):
    """How an order is to be paid; the API calls it `payment_method`."""

    ONLINE = "online", _("Online")
    CASH = "cod", _("Cash on delivery")


def find_next_statuses(status: str, *, payment_method: str, is_free: bool = False) -> frozenset[str]:
    """What an order may become from here."""
    more = CASH_TRANSITIONS if payment_method == OrderPaymentMethod.CASH else {}
    if is_free:
        more = more | FREE_TRANSITIONS
    return ALLOWED_TRANSITIONS[status] | more.get(status, frozenset())


class OrderPaymentStatus(models.TextChoices):
    """What the API calls `payment_status`; derived from the order."""

    PENDING = "P", _("Pending")
    COMPLETE = "C", _("Complete")
    FAILED = "F", _("Failed")


class IntentStatus(models.TextChoices):
    CREATED = "created", _("Created")
    ATTEMPTED = "attempted", _("Attempted")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class PaymentStatus(models.TextChoices):
    """A payment's state at the gateway, in the order of `PAYMENT_RANK`; it never moves back."""

    CREATED = "created", _("Started")
    FAILED = "failed", _("Failed")
    AUTHORIZED = "authorized", _("Authorized")
    CAPTURED = "captured", _("Captured")
    REFUNDED = "refunded", _("Refunded")


PAYMENT_RANK = {status: rank for rank, status in enumerate(PaymentStatus.values)}


class PaymentEffect(models.TextChoices):
    """What became of captured money: every paisa is applied to an order, refunded or held for staff."""

    APPLIED = "applied", _("Applied to the order")
    SURPLUS = "surplus", _("Second payment, refunded")
    LATE = "late", _("Came too late, refunded")
    HELD = "held", _("Held for staff")


class RefundStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    PROCESSED = "processed", _("Processed")
    FAILED = "failed", _("Failed")


class ReturnStatus(models.TextChoices):
    """A customer's wish to send things back. Once received it carries its refund."""

    REQUESTED = "requested", _("Asked for")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    RECEIVED = "received", _("Received")


ALLOWED_RETURN_TRANSITIONS: dict[str, frozenset[str]] = {
    ReturnStatus.REQUESTED: frozenset({ReturnStatus.ACCEPTED, ReturnStatus.REJECTED}),
    ReturnStatus.ACCEPTED: frozenset({ReturnStatus.RECEIVED, ReturnStatus.REJECTED}),
    ReturnStatus.REJECTED: frozenset(),
    ReturnStatus.RECEIVED: frozenset(),
}


class DocumentKind(models.TextChoices):
    """What a document is called; see `checkout.services.invoices` for which one is when."""

    TAX_INVOICE = "tax_invoice", _("Tax invoice")
    INVOICE_CUM_BILL = "invoice_bill", _("Invoice-cum-bill of supply")
    BILL_OF_SUPPLY = "bill", _("Bill of supply")
    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")


class WebhookStatus(models.TextChoices):
    RECEIVED = "received", _("Received")
    PROCESSED = "processed", _("Processed")
    PARKED = "parked", _("Parked")
    SET_ASIDE = "set_aside", _("Set aside")


class OrderEvent(models.TextChoices):
    """What clients are told about orders (docs/webhooks.md)."""

    PLACED = "order.placed", _("An order was placed")
    PAID = "order.paid", _("An order was paid")
    FULFILLED = "order.fulfilled", _("An order was sent")
    REFUNDED = "order.refunded", _("Money of an order went back")
    CANCELLED = "order.cancelled", _("An order was cancelled, or not paid in time")
