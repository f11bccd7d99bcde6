"""Orders and customers as rows of a file: some hundreds read at a time, moments in the shop's own time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import Customer
from checkout.enums import PAID_STATUSES
from checkout.models import Order
from shop.pricing import ZERO, round_to_paisa

ORDERS_AT_ONCE = 500
LAST_DAY = date.max - timedelta(days=1)
ORDER_COLUMNS = (
    "number",
    "placed",
    "status",
    "paid",
    "name",
    "email",
    "phone",
    "address",
    "area",
    "city",
    "state",
    "pin_code",
    "company",
    "gstin",
    "products",
    "pieces",
    "subtotal",
    "shipping",
    "discount",
    "coupon",
    "tax",
    "total",
    "payment",
    "delivery",
)
CUSTOMER_COLUMNS = (
    "username",
    "name",
    "email",
    "phone",
    "membership",
    "joined",
    "orders",
    "spent",
    "last_order",
)


def find_orders(*, first: date | None, last: date | None) -> QuerySet[Order]:
    """Placed on these days, both included; hidden ones too, for the books are whole."""
    orders = Order.objects.order_by("pk")
    if first:
        orders = orders.filter(placed_at__gte=begin_of(first))
    return orders.filter(placed_at__lt=end_of(last)) if last else orders


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Midnight after it; the calendar's last day ends with itself."""
    return begin_of(min(day, LAST_DAY) + timedelta(days=1))


def export_orders(orders: QuerySet[Order]) -> Iterator[tuple]:
    """Two queries for each `ORDERS_AT_ONCE`."""
    for order in orders.prefetch_related("items").iterator(chunk_size=ORDERS_AT_ONCE):
        items = list(order.items.all())
        yield (
            order.number,
            tell_moment(order.placed_at),
            str(order.status_label),
            tell_moment(order.paid_at),
            order.name,
            order.email,
            order.phone,
            order.line1,
            order.line2,
            order.city,
            order.state,
            order.postal_code,
            order.company,
            order.gstin,
            "; ".join(f"{item.quantity} × {item.sku}" for item in items),
            sum(item.quantity for item in items),
            order.subtotal,
            order.shipping,
            order.discount,
            order.coupon_code,
            order.tax,
            order.total,
            str(order.get_payment_method_display()),
            order.shipping_method,
        )


def export_customers() -> Iterator[tuple]:
    """Whoever has an account that is not deleted, with what they bought and paid for."""
    paid = Q(orders__status__in=PAID_STATUSES)
    customers = Customer.objects.filter(user__deleted_at=None).select_related("user").order_by("pk")
    counted = customers.annotate(
        bought=Count("orders", filter=paid),
        spent=Sum("orders__total", filter=paid),
        latest=Max("orders__placed_at", filter=paid),
    )
    for customer in counted.iterator(chunk_size=ORDERS_AT_ONCE):
        yield (
            customer.user.username,
            customer.user.get_full_name(),
            customer.user.email,
            customer.phone,
            str(customer.get_membership_display()),
            tell_moment(customer.user.date_joined),
            customer.bought,
            round_to_paisa(customer.spent or ZERO),
            tell_moment(customer.latest),
        )


def tell_moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
