"""What can happen once an order is paid, as rules of the state machine in `test_life_of_orders`."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from itertools import count

from django.db.models import Sum
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from accounts.models import User
from checkout.enums import PAID_STATUSES, RefundStatus, ReturnStatus
from checkout.gateways.razorpay import GatewayRefund
from checkout.models import Order, OrderItem, Payment, Refund, ReturnRequest
from checkout.services.refund_reports import record_refund
from checkout.services.refund_sending import fail_refund, settle_refund
from checkout.services.refunds import RefundExceedsCaptured, RefundRefused, refund_order
from checkout.services.returns import ReturnRefused, answer_return, receive_return, request_return

REFUND_STEPS = ("pending", "processed", "failed", "refused")
pick = st.integers(0, 10**6)  # which of those that are there
quantities = st.integers(1, 4)


class AfterSale(RuleBasedStateMachine):
    """Money and goods on their way back. `returned` counts what of each line is on the shelf again."""

    staff: User
    now: datetime
    returned: Counter[OrderItem]

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count(1)

    # Money

    @precondition(lambda self: Payment.objects.exclude(effect="").exists())
    @rule(which=pick, percent=st.sampled_from([10, 50, 100, 110]))
    def refund(self, which: int, percent: int) -> None:
        payment = choose(Payment.objects.exclude(effect="").order_by("pk"), which)
        amount = max(payment.amount * percent / 100, Decimal("0.01")).quantize(Decimal("0.01"))
        left = payment.amount - refunded_of(payment)
        try:
            refund_order(order_id=payment.order_id, payment_id=payment.pk, amount=amount, reason="Broken")
        except RefundExceedsCaptured:
            assert amount > left
        else:
            assert amount <= left

    @precondition(lambda self: OrderItem.objects.filter(order__in=paid_orders()).exists())
    @rule(which=pick, quantity=quantities, restock=st.booleans())
    def send_back(self, which: int, quantity: int, restock: bool) -> None:
        item = choose(OrderItem.objects.filter(order__in=paid_orders()).order_by("pk"), which)
        try:
            refund_order(
                order_id=item.order_id, lines={item.pk: quantity}, restock=restock, reason="Too small"
            )
        except (RefundRefused, RefundExceedsCaptured):
            return
        assert quantity <= item.quantity
        if restock:
            # Sent back again, because a refund of it failed, it is on the shelf already.
            self.returned[item] = min(item.quantity, self.returned[item] + quantity)

    @precondition(lambda self: Refund.objects.pending().exists())
    @rule(which=pick, status=st.sampled_from(REFUND_STEPS))
    def settle(self, which: int, status: str) -> None:
        refund = choose(Refund.objects.pending().order_by("pk"), which)
        if status == "refused":
            fail_refund(refund_id=refund.pk, why="Razorpay refused")
            return
        settle_refund(refund_id=refund.pk, razorpay_refund_id=f"rfnd_{refund.pk}", status=status)

    @precondition(lambda self: taken_online().exists())
    @rule(which=pick, percent=st.sampled_from([10, 100]), status=st.sampled_from(RefundStatus.values))
    def refund_at_razorpay(self, which: int, percent: int, status: str) -> None:
        """In its dashboard, as far as Razorpay allows it; told twice."""
        payment = choose(taken_online().order_by("pk"), which)
        left = payment.amount - refunded_of(payment)
        amount = (left * percent / 100).quantize(Decimal("0.01"))
        if not amount:
            return
        reported = GatewayRefund(f"rfnd_x{next(self.numbers)}", payment.provider_id, status, amount, "")
        for _ in range(2):
            record_refund(reported=reported)
        assert refunded_of(payment) == payment.amount - left + (0 if status == "failed" else amount)

    # Goods

    @precondition(lambda self: OrderItem.objects.filter(order__in=paid_orders()).exists())
    @rule(which=pick, quantity=quantities)
    def ask_to_send_back(self, which: int, quantity: int) -> None:
        item = choose(OrderItem.objects.filter(order__in=paid_orders()).order_by("pk"), which)
        lines = {item.pk: quantity}
        try:
            request_return(order_id=item.order_id, lines=lines, reason="Too small", now=timezone.now())
        except ReturnRefused:
            return
        assert quantity <= item.quantity

    @precondition(lambda self: ReturnRequest.objects.unanswered().exists())
    @rule(which=pick, to_status=st.sampled_from([ReturnStatus.ACCEPTED, ReturnStatus.REJECTED]))
    def answer(self, which: int, to_status: ReturnStatus) -> None:
        request = choose(ReturnRequest.objects.unanswered().order_by("pk"), which)
        answer_return(
            return_id=request.pk, to_status=to_status, answer="So be it", at=self.now, by_id=self.staff.pk
        )

    @precondition(lambda self: ReturnRequest.objects.filter(status=ReturnStatus.ACCEPTED).exists())
    @rule(which=pick, restock=st.booleans())
    def receive(self, which: int, restock: bool) -> None:
        """Whatever became of the money: goods that are here are received."""
        request = choose(ReturnRequest.objects.filter(status=ReturnStatus.ACCEPTED).order_by("pk"), which)
        done = receive_return(return_id=request.pk, restock=restock, at=self.now, by_id=self.staff.pk)
        assert done.status == ReturnStatus.RECEIVED
        for line in request.lines.select_related("item") if restock else ():
            self.returned[line.item] = min(line.item.quantity, self.returned[line.item] + line.quantity)


def paid_orders():
    """With money: what cost nothing may still be cancelled, and a parcel sent unpaid may come back."""
    return Order.objects.filter(status__in=PAID_STATUSES, total__gt=0).exclude(paid_at=None)


def taken_online():
    return Payment.objects.filter(provider="razorpay").exclude(effect="")


def choose(things, which: int):
    return things[which % len(things)]


def refunded_of(payment: Payment) -> Decimal:
    going = payment.refunds.exclude(status=RefundStatus.FAILED)
    return going.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
