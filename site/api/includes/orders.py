"""What orders say on request: of what they copied, nothing of today's catalogue."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request

from api.includes.asking import Loader, add_includes
from api.serializers.moments import shape_moment
from api.serializers.orders import shape_order
from api.serializers.totals import shape_order_totals
from checkout.enums import OrderStatus
from checkout.models import Order, OrderItem, OrderTransition, Payment


def load_lines(orders: Sequence[Order], request: Request) -> dict[int, list[dict[str, Any]]]:
    """The orders' items are loaded."""
    return {order.pk: [shape_line(item) for item in order.items.all()] for order in orders}


def shape_line(item: OrderItem) -> dict[str, Any]:
    """Prices of one in rupees; `tax_rate` in percent."""
    return {
        "id": item.pk,
        "product_id": item.product_id,
        "title": item.title,
        "sku": item.sku,
        "hsn_code": item.hsn_code,
        "unit_price": item.unit_price,
        "tax_rate": item.tax_rate,
        "price_with_tax": item.unit_price_with_tax,
        "quantity": item.quantity,
        "total_with_tax": item.total,
    }


def load_payments(orders: Sequence[Order], request: Request) -> dict[int, list[dict[str, Any]]]:
    found = defaultdict(list)
    for payment in Payment.objects.filter(order__in=find_ids(orders)).order_by("-pk"):
        found[payment.order_id].append(shape_payment(payment))
    return {order.pk: found[order.pk] for order in orders}


def shape_payment(payment: Payment) -> dict[str, Any]:
    """`amount` in rupees."""
    captured = payment.captured_at
    return {
        "id": payment.pk,
        "provider": payment.provider,
        "provider_id": payment.provider_id,
        "status": payment.status,
        "method": payment.method,
        "amount": payment.amount,
        "currency": payment.currency,
        "created_at": shape_moment(payment.created_at),
        "captured_at": shape_moment(captured) if captured else None,
    }


def load_shipments(orders: Sequence[Order], request: Request) -> dict[int, list[dict[str, Any]]]:
    """When each order was sent; it is sent as one parcel."""
    sent = OrderTransition.objects.filter(order__in=find_ids(orders), to_status=OrderStatus.FULFILLED)
    found = defaultdict(list)
    for order_id, at in sent.order_by("pk").values_list("order_id", "at"):
        found[order_id].append({"shipped_at": shape_moment(at)})
    return {order.pk: found[order.pk] for order in orders}


def load_statuses(orders: Sequence[Order], request: Request) -> dict[int, str]:
    return {order.pk: str(order.status) for order in orders}


def load_numbers(orders: Sequence[Order], request: Request) -> dict[int, str]:
    return {order.pk: order.number for order in orders}


def find_ids(orders: Sequence[Order]) -> list[int]:
    return [order.pk for order in orders]


def load_totals(orders: Sequence[Order], request: Request) -> dict[int, dict[str, Any]]:
    """What each cost, component by component, as it stored it."""
    return {order.pk: shape_order_totals(order) for order in orders}


ORDER_INCLUDES: dict[str, Loader] = {
    "lines_detail": load_lines,
    "totals": load_totals,
    "payments": load_payments,
    "shipments": load_shipments,
    "status": load_statuses,
    "number": load_numbers,
}


def shape_orders(orders: Sequence[Order], request: Request) -> list[dict[str, Any]]:
    """Orders whose items are loaded, in the shape that every answer gives them."""
    shapes = [shape_order(order) for order in orders]
    return add_includes(shapes, orders, loaders=ORDER_INCLUDES, request=request)
