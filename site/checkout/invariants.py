"""What must hold whatever happened: each check reads the database and lists what is off, as sentences."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from checkout.document_invariants import DOCUMENT_CHECKS
from checkout.enums import PAID_STATUSES, OrderStatus, PaymentEffect, RefundStatus, find_next_statuses
from checkout.models import CouponUse, Order, OrderTransition, Payment
from checkout.money_invariants import MONEY_CHECKS
from notifications.models import OutgoingEmail
from shop.enums import StockReason
from shop.models import Coupon, Product, StockMovement

LATEST_MAIL = timedelta(minutes=2)


def check_ledger() -> Iterator[str]:
    """The sum of a product's movements is its inventory."""
    moved = Coalesce(Sum("movements__delta"), Value(0))
    for product in Product.objects.annotate(moved=moved).exclude(inventory=F("moved")):
        yield f"Product {product.pk}: inventory {product.inventory}, movements {product.moved}."


def check_held_stock() -> Iterator[str]:
    """What orders took off the shelf is what the orders that still have it contain."""
    holding = (OrderStatus.PLACED, *PAID_STATUSES)
    contained = (
        Order.objects.filter(status__in=holding)
        .order_by()
        .values_list("pk", "items__product_id")
        .annotate(quantity=Sum("items__quantity"))
    )
    wanted = {(order, product): quantity for order, product, quantity in contained}
    moves = StockMovement.objects.filter(reason__in=(StockReason.HELD, StockReason.RELEASED))
    rows = moves.order_by().values_list("order_id", "product_id").annotate(quantity=Sum("delta"))
    held = {(order, product): -quantity for order, product, quantity in rows if quantity}
    for key in sorted(wanted.keys() | held.keys()):
        if wanted.get(key, 0) != held.get(key, 0):
            order, product = key
            yield f"Order {order}: holds {held.get(key, 0)} of product {product}, contains {wanted.get(key, 0)}."


def check_totals() -> Iterator[str]:
    """total = Σ lines + shipping − discount, to the paisa."""
    for order in Order.objects.annotate(lines=Coalesce(Sum("items__total"), Value(Decimal(0)))):
        if order.subtotal != order.lines or order.total != order.lines + order.shipping - order.discount:
            yield f"Order {order.pk}: total {order.total}, lines {order.lines}."


def check_paid_orders() -> Iterator[str]:
    """A paid order has exactly one captured payment applied, of its total; an unpaid one has none.

    What comes to nothing is paid without a payment.

    Cash on delivery is sent unpaid: there an order is paid once its cash is recorded, whatever its status.
    """
    applied = Q(payments__effect=PaymentEffect.APPLIED)
    orders = Order.objects.annotate(
        count=Count("payments", filter=applied),
        money=Coalesce(Sum("payments__amount", filter=applied), Value(Decimal(0))),
    )
    for order in orders:
        wanted = (order.count if order.is_free else 1, order.total)
        if order.is_paid and (order.count, order.money) != wanted:
            yield f"Order {order.pk}: {order.status} with {order.count} payments of {order.money:.2f} applied."
        if not order.is_paid and order.count:
            yield f"Order {order.pk}: {order.status} although a payment is applied."


def check_captured_money() -> Iterator[str]:
    """Every captured paisa is applied, held for staff, or on its way back; refunds never exceed it."""
    going_back = Coalesce(
        Sum("refunds__amount", filter=~Q(refunds__status=RefundStatus.FAILED)), Value(Decimal(0))
    )
    for payment in Payment.objects.exclude(captured_at=None).annotate(refunded=going_back):
        if not payment.effect:
            yield f"Payment {payment.provider_id}: captured without an effect."
        if payment.refunded > payment.amount:
            yield f"Payment {payment.provider_id}: {payment.refunded} refunded of {payment.amount}."
        is_return = payment.effect in (PaymentEffect.SURPLUS, PaymentEffect.LATE)
        if is_return and payment.refunded != payment.amount:
            yield f"Payment {payment.provider_id}: {payment.effect}, but {payment.refunded:.2f} goes back."


def check_audit() -> Iterator[str]:
    """Each order's audit rows lead, along the table, from its placing to its status."""
    rows = OrderTransition.objects.order_by("order_id", "pk").values_list(
        "order_id", "from_status", "to_status", "order__payment_method", "order__total"
    )
    reached: dict[int, str] = {}
    for order_id, before, after, method, total in rows:
        allowed = find_next_statuses(before, payment_method=method, is_free=not total) if before else (after,)
        if reached.get(order_id, "") != before or after not in allowed:
            yield f"Order {order_id}: an audit row leads from {before or 'nothing'} to {after}."
        reached[order_id] = after
    for order_id, status in Order.objects.values_list("pk", "status"):
        if reached.get(order_id) != status:
            yield f"Order {order_id}: {status}, but its audit rows end at {reached.get(order_id, 'nothing')}."


def check_mail() -> Iterator[str]:
    """No mail is due for longer than two minutes."""
    late = OutgoingEmail.objects.due(timezone.now() - LATEST_MAIL).count()
    if late:
        yield f"{late} mails are due for more than two minutes."


def check_coupons() -> Iterator[str]:
    """A coupon's count is the number of orders that have it, and an order that stands has its use."""
    held = Count("uses", filter=Q(uses__released_at=None))
    for coupon in Coupon.objects.annotate(held=held).exclude(used=F("held")):
        yield f"Coupon {coupon.code}: used {coupon.used}, orders that have it {coupon.held}."
    standing = Order.objects.standing().exclude(coupon_code="")
    for order in standing.exclude(coupon_use__released_at=None, coupon_use__coupon__isnull=False):
        yield f"Order {order.pk}: {order.status} with coupon {order.coupon_code}, but without its use."
    for use in CouponUse.objects.held().exclude(order__in=Order.objects.standing()):
        yield f"Order {use.order_id}: ended, but still has the use of a coupon."


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    check_ledger,
    check_held_stock,
    check_totals,
    check_coupons,
    check_paid_orders,
    check_captured_money,
    check_audit,
    check_mail,
    *DOCUMENT_CHECKS,
    *MONEY_CHECKS,
)
