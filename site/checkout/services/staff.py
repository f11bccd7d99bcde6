"""What staff do to an order by hand."""

from django.utils import timezone

from checkout.enums import OrderPaymentStatus, OrderStatus
from checkout.models import Order
from checkout.services.cash import CASH, record_manual_payment
from checkout.services.expiry import end_order
from checkout.services.transitions import TransitionRefused
from database.transactions import entry_service


class OrderTookMoney(Exception):
    """An order that took money is refunded, not deleted."""

    def __init__(self) -> None:
        super().__init__("The order took money, so it cannot be deleted. Refund it instead.")


@entry_service
def set_payment_status(*, order_id: int, payment_status: str, user) -> Order:
    """C records money that staff received by hand, F cancels, also a parcel that came back unpaid.

    Raises `TransitionRefused`.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if payment_status == order.payment_status:
        return order
    if payment_status == OrderPaymentStatus.COMPLETE:
        record_manual_payment(order=order, user=user, method=CASH if order.is_cash else "")
    elif payment_status == OrderPaymentStatus.FAILED:
        end_order(
            order=order,
            to_status=OrderStatus.CANCELLED,
            why="Cancelled by staff",
            at=timezone.now(),
            by_id=user.pk,
        )
    else:
        raise TransitionRefused(order, OrderStatus.PLACED)
    return order


@entry_service
def hide_order(*, order_id: int, user) -> None:
    """Cancel an order that took no money, give its stock back once, and hide it.

    Raises `OrderTookMoney`, and `TransitionRefused` once it was sent to be paid in cash or for nothing.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if (order.is_paid and not order.is_free) or order.payments.captured().exists():
        raise OrderTookMoney
    now = timezone.now()
    if order.can_be_cancelled:
        end_order(order=order, to_status=OrderStatus.CANCELLED, why="Deleted by staff", at=now, by_id=user.pk)
    elif not order.is_ended:
        raise TransitionRefused(order, OrderStatus.CANCELLED)
    Order.objects.filter(pk=order.pk, hidden_at=None).update(hidden_at=now)
