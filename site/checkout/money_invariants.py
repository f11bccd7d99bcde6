"""What must hold of refunds, returns, held money and the whole stock; joins the checks of `invariants`."""

from collections.abc import Callable, Iterator

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from checkout.enums import PAID_STATUSES, OrderStatus, PaymentEffect, RefundStatus, ReturnStatus
from checkout.models import Concern, OrderItem, Payment, Refund, ReturnRequest, ReturnTransition
from checkout.services.refunds import count_refundable
from shop.enums import StockReason
from shop.models import Product, StockMovement


def sum_by(rows: QuerySet, *keys: str, of: str) -> dict:
    """Sums by one key, or by several as a tuple."""
    found = rows.order_by().values_list(*keys).annotate(sum=Sum(of))
    return {row[0] if len(keys) == 1 else row[:-1]: row[-1] for row in found}


def check_balance() -> Iterator[str]:
    """Stock at the start, and what staff added, is what is on hand, held by unpaid orders or sold."""
    moves = StockMovement.objects
    by_orders = (StockReason.HELD, StockReason.RELEASED, StockReason.RETURNED)
    came = sum_by(moves.exclude(reason__in=by_orders), "product_id", of="delta")
    returned = sum_by(moves.filter(reason=StockReason.RETURNED), "product_id", of="delta")
    held = sum_by(OrderItem.objects.filter(order__status=OrderStatus.PLACED), "product_id", of="quantity")
    sold = sum_by(OrderItem.objects.filter(order__status__in=PAID_STATUSES), "product_id", of="quantity")
    for product_id, on_hand in Product.objects.order_by("pk").values_list("pk", "inventory"):
        gone = held.get(product_id, 0) + sold.get(product_id, 0) - returned.get(product_id, 0)
        if came.get(product_id, 0) != on_hand + gone:
            yield (
                f"Product {product_id}: {came.get(product_id, 0)} came, {on_hand} on hand, "
                f"{held.get(product_id, 0)} held, {sold.get(product_id, 0)} sold, "
                f"{returned.get(product_id, 0)} returned."
            )


def check_refund_lines() -> Iterator[str]:
    """No line is refunded, and no product returned, more often than it was bought."""
    standing = ~Q(refund_lines__refund__status=RefundStatus.FAILED)
    refunded = Coalesce(Sum("refund_lines__quantity", filter=standing), 0)
    for item in OrderItem.objects.annotate(refunded=refunded).filter(refunded__gt=F("quantity")):
        yield f"Order {item.order_id}: {item.refunded} of {item.quantity} of {item.sku} refunded."
    returned = StockMovement.objects.filter(reason=StockReason.RETURNED)
    bought = sum_by(OrderItem.objects.all(), "order_id", "product_id", of="quantity")
    for (order_id, product_id), count in sum_by(returned, "order_id", "product_id", of="delta").items():
        if count > bought.get((order_id, product_id), 0):
            yield f"Order {order_id}: {count} of product {product_id} came back, which is more than was bought."


def check_parcels() -> Iterator[str]:
    """No line is sent more often than it was bought."""
    sent = Coalesce(Sum("shipment_lines__quantity"), 0)
    for item in OrderItem.objects.annotate(sent=sent).filter(sent__gt=F("quantity")):
        yield f"Order {item.order_id}: {item.sent} of {item.quantity} of {item.sku} sent."


def check_concerns() -> Iterator[str]:
    """Held money and failed refunds have been put before staff: nothing is silent."""
    subjects = set(Concern.objects.values_list("subject", flat=True))
    failed = Refund.objects.filter(status=RefundStatus.FAILED).order_by("pk")
    for key in failed.values_list("key", flat=True):
        if f"refund-failed:{key}" not in subjects:
            yield f"Refund {key}: failed, and nobody was told."
    held = Payment.objects.filter(effect=PaymentEffect.HELD).order_by("pk").prefetch_related("refunds")
    for payment in held:
        known = {f"payment-held:{payment.provider_id}"}
        known |= {f"refund-failed:{refund.key}" for refund in payment.refunds.all()}
        if not known & subjects:
            yield f"Payment {payment.provider_id}: held, and nobody was told."


def check_returns() -> Iterator[str]:
    """A received return has its refund where money was left, and its audit rows end at its status."""
    unpaid = ReturnRequest.objects.filter(status=ReturnStatus.RECEIVED, refund=None)
    for request in unpaid.select_related("order"):
        payment = request.order.payments.applied().get()
        # Money that came back because a refund failed has a concern of its own.
        if count_refundable(payment) and not payment.refunds.filter(status=RefundStatus.FAILED).exists():
            yield f"Return {request}: received, but not refunded."
    rows = ReturnTransition.objects.order_by("pk").values_list("request_id", "to_status")
    reached = dict(rows)  # the last one stays
    for request in ReturnRequest.objects.order_by("pk"):
        if reached.get(request.pk) != request.status:
            yield f"Return {request}: {request.status}, but its audit rows end at {reached.get(request.pk)}."


MONEY_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    check_balance,
    check_refund_lines,
    check_parcels,
    check_concerns,
    check_returns,
)
