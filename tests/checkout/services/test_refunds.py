from decimal import Decimal

import pytest

from checkout.models import Order, OrderItem, Payment, Refund, RefundLine
from checkout.services.refunds import (
    RefundExceedsCaptured,
    RefundRefused,
    count_refundable,
    refund_order,
    request_refund,
)
from checkout.services.staff import set_payment_status
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_expired_order, make_intent, make_order, make_paid_order, make_payment
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment() -> Payment:
    """₹110.00 that paid an order."""
    return make_paid_order((make_item(unit_price="100.00"), 1)).payments.get()


def ask_back(payment: Payment, amount="110.00", **fields) -> Refund:
    return request_refund(payment=payment, amount=Decimal(amount), reason="Came broken", **fields)


def test_refund_is_written_before_anybody_is_asked(payment):
    user = make_staff()
    refund = ask_back(payment, "40.00", by_id=user.pk, idempotency_key="a" * 64)
    saved = Refund.objects.get(pk=refund.pk)
    assert (saved.payment, saved.amount, saved.status, saved.by) == (
        payment,
        Decimal("40.00"),
        "pending",
        user,
    )
    assert (saved.key, saved.reason) == (f"refund-{payment.provider_id}-1", "Came broken")
    assert (saved.razorpay_refund_id, saved.last_error, saved.idempotency_key) == (None, "", "a" * 64)
    mail = OutgoingEmail.objects.get(purpose=f"order-refunded:{saved.key}")
    assert (mail.to, mail.status) == (payment.order.email, "queued")


def test_refunds_together_never_exceed_what_was_captured(payment):
    assert [ask_back(payment, amount).key[-1] for amount in ("100.00", "9.99")] == ["1", "2"]
    with pytest.raises(RefundExceedsCaptured, match="more than what was captured"):
        ask_back(payment, "0.02")
    ask_back(payment, "0.01")
    assert sum(refund.amount for refund in Refund.objects.all()) == payment.amount


def test_refund_of_more_than_the_payment_is_refused(payment):
    with pytest.raises(RefundExceedsCaptured):
        ask_back(payment, "110.01")
    assert Refund.objects.count() == 0


def test_failed_refund_may_be_asked_again_under_a_key_of_its_own(payment):
    first = ask_back(payment)
    Refund.objects.filter(pk=first.pk).update(status="failed")
    second = ask_back(payment)
    assert second.key == f"refund-{payment.provider_id}-2"


def test_refund_is_sent_after_the_commit(payment, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        refund = ask_back(payment)
    assert ("checkout.payments.send_refund", [refund.pk]) in broker.sent


# Refunds of an order: whole, by amount, by line


@pytest.fixture
def order() -> Order:
    """₹385.00 paid: three lamps of ₹110.00 and a rug of ₹55.00."""
    lamp = make_item(unit_price="100.00", inventory=10)
    rug = make_item(unit_price="50.00", inventory=10)
    return make_paid_order((lamp, 3), (rug, 1))


def give_back(order: Order, **wish) -> Refund:
    return refund_order(order_id=order.pk, reason="Came broken", **wish)


def stocks(order: Order) -> list[int]:
    return [item.product.inventory for item in order.items.select_related("product")]


def lines_of(refund: Refund) -> list[tuple[int, Decimal]]:
    return list(refund.lines.values_list("quantity", "amount"))


def test_whole_refund_takes_everything_that_is_left(order):
    give_back(order, amount=Decimal("85.00"))
    refund = give_back(order)
    assert (refund.amount, lines_of(refund)) == (
        Decimal("300.00"),
        [(3, Decimal("330.00")), (1, Decimal("55.00"))],
    )
    assert stocks(order) == [7, 9]
    with pytest.raises(RefundExceedsCaptured):
        give_back(order)


def test_whole_refund_may_put_everything_back_on_the_shelf(order):
    user = make_staff()
    give_back(order, restock=True, by_id=user.pk)
    assert stocks(order) == [10, 10]
    movement = order.items.first().product.movements.first()
    assert (movement.delta, movement.reason, movement.order_id, movement.user) == (
        3,
        "returned",
        order.pk,
        user,
    )


def test_refund_by_amount_names_no_lines(order):
    refund = give_back(order, amount=Decimal("385.00"))
    assert (refund.amount, lines_of(refund), stocks(order)) == (Decimal("385.00"), [], [7, 9])


@pytest.mark.parametrize("amount", ["385.01", "0.00", "-1.00"])
def test_refund_by_an_impossible_amount_is_refused(order, amount):
    with pytest.raises(RefundExceedsCaptured):
        give_back(order, amount=Decimal(amount))
    assert Refund.objects.count() == 0


def test_refund_by_line_pays_what_the_line_cost(order):
    lamp = order.items.first()
    refund = give_back(order, lines={lamp.pk: 2}, restock=True)
    assert (refund.amount, lines_of(refund), stocks(order)) == (
        Decimal("220.00"),
        [(2, Decimal("220.00"))],
        [9, 9],
    )
    with pytest.raises(RefundRefused, match="has not so many left"):
        give_back(order, lines={lamp.pk: 2})


def test_refund_by_line_takes_its_share_of_the_discount_to_the_paisa(order):
    lamp = order.items.first()
    OrderItem.objects.filter(pk=lamp.pk).update(coupon_discount=Decimal("10.00"), taxable=Decimal("290.00"))
    amounts = [give_back(order, lines={lamp.pk: 1}).amount for _ in range(3)]
    assert amounts == [Decimal("106.67"), Decimal("106.66"), Decimal("106.67")]
    assert sum(amounts) == OrderItem.objects.get(pk=lamp.pk).payable


def test_last_lines_take_the_shipping_with_them(order):
    Order.objects.filter(pk=order.pk).update(total=Decimal("425.00"), shipping=Decimal("40.00"))
    Payment.objects.update(amount=Decimal("425.00"))
    lamp, rug = order.items.all()
    assert give_back(order, lines={lamp.pk: 3}).amount == Decimal("330.00")
    assert give_back(order, lines={rug.pk: 1}).amount == Decimal("95.00")


def test_lines_of_a_failed_refund_may_be_refunded_again(order):
    lamp = order.items.first()
    first = give_back(order, lines={lamp.pk: 3}, restock=True)
    Refund.objects.filter(pk=first.pk).update(status="failed")
    second = give_back(order, lines={lamp.pk: 3}, restock=True)
    assert (second.amount, second.key[-1]) == (Decimal("330.00"), "2")
    assert stocks(order) == [10, 9]  # what is back on the shelf is back once


@pytest.mark.parametrize("wish", [{"lines": {1: 1}}, {"restock": True}])
def test_refund_of_an_amount_and_lines_at_once_is_refused(order, wish):
    with pytest.raises(RefundRefused, match="not both"):
        give_back(order, amount=Decimal("1.00"), **wish)


def test_refund_of_lines_of_another_order_is_refused(order):
    other = make_paid_order().items.get()
    with pytest.raises(RefundRefused):
        give_back(order, lines={other.pk: 1})
    assert RefundLine.objects.count() == 0


@pytest.mark.parametrize("make", [make_order, make_expired_order])
def test_order_that_took_no_money_has_nothing_to_refund(make):
    with pytest.raises(RefundExceedsCaptured):
        give_back(make())


def test_request_repeated_with_its_key_gets_the_refund_it_made(order):
    first, again = (give_back(order, amount=Decimal("1.00"), idempotency_key="a" * 64) for _ in range(2))
    assert first == again
    assert Refund.objects.get().idempotency_key == "a" * 64


def test_money_that_staff_took_by_hand_goes_back_by_hand(broker, django_capture_on_commit_callbacks):
    staff, order = make_staff(), make_order()
    set_payment_status(order_id=order.pk, payment_status="C", user=staff)
    with django_capture_on_commit_callbacks(execute=True):
        refund = give_back(order, by_id=staff.pk)
    assert (refund.status, refund.amount) == ("processed", order.total)
    assert "checkout.payments.send_refund" not in [name for name, _ in broker.sent]


def test_held_money_is_refunded_by_its_payment(order):
    held = make_payment(make_intent(make_order()), amount=Decimal("5.00"))
    refund = refund_order(order_id=held.order_id, payment_id=held.pk, reason="Not what was asked for")
    assert (refund.payment, refund.amount, lines_of(refund)) == (held, Decimal("5.00"), [])
    with pytest.raises(RefundRefused, match="did not pay for"):
        refund_order(order_id=held.order_id, payment_id=held.pk, reason="?", restock=True)
    with pytest.raises(RefundExceedsCaptured):
        give_back(order, payment_id=held.pk)  # another order's


def test_what_a_dispute_took_cannot_be_refunded(order):
    payment = order.payments.get()
    payment.disputes.create(
        razorpay_dispute_id="disp_1",
        amount=Decimal("100.00"),
        amount_deducted=Decimal("100.00"),
        currency="INR",
        status="lost",
        reported_at=order.placed_at,
    )
    assert count_refundable(payment) == Decimal("285.00")
    assert give_back(order).amount == Decimal("285.00")
    assert Product.objects.count() == 2
