"""Orders that come to nothing, and to less than anybody can pay."""

from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.enums import OrderPaymentMethod, ReturnStatus
from checkout.invariants import CHECKS, check_audit, check_paid_orders
from checkout.models import CreditNote, Order
from checkout.services.buyers import Wishes
from checkout.services.expiry import cancel_order
from checkout.services.fulfilment import fulfil_order
from checkout.services.intents import AlreadyPaid, open_payment
from checkout.services.orders import OrderTooSmall, place_order
from checkout.services.refunds import RefundRefused, refund_order
from checkout.services.returns import ReturnRefused, find_returnable, request_return
from checkout.services.staff import OrderTookMoney, hide_order, set_payment_status
from checkout.services.transitions import TransitionRefused
from notifications.models import OutgoingEmail
from shop.models import Coupon
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, set_seller
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_buyer, make_cash_order, make_order, make_paid_order
from tests.factories.shipping import make_zone
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


def make_free_order(*lines, **fields) -> Order:
    make_coupon("GIFT", value="100")
    return make_order(*lines, coupon="GIFT", **fields)


def expect_invariants() -> None:
    assert [sentence for check in CHECKS for sentence in check()] == []


def test_order_that_comes_to_nothing_is_paid_at_once():
    set_seller()
    order = Order.objects.get(pk=make_free_order().pk)
    assert (order.total, order.status, order.payment_status) == (Decimal(0), "paid", "C")
    assert order.paid_at is not None
    steps = order.transitions.values_list("from_status", "to_status", "why")
    assert list(steps) == [("", "placed", "Placed"), ("placed", "paid", "Nothing to pay")]
    line = order.invoice.lines.get()
    assert (order.invoice.kind, order.invoice.total, line.discount, line.taxable) == (
        "tax_invoice",
        Decimal(0),
        Decimal("110.00"),
        Decimal(0),
    )
    (mail,) = OutgoingEmail.objects.filter(to=order.email)
    assert mail.purpose == f"order-confirmation:{order.pk}"
    assert mail.subject == f"Order #{order.number} is confirmed – thank you"
    assert "There is nothing to pay." in mail.text
    assert "There is nothing to pay." in mail.html
    with pytest.raises(AlreadyPaid):
        open_payment(order_id=order.pk, now=timezone.now())
    expect_invariants()


def test_nobody_pays_nothing_at_the_door():
    make_zone(cash=True, cash_fee="30")
    make_coupon("GIFT", value="100")
    order = make_cash_order(coupon="GIFT")
    assert (order.payment_method, order.status, order.total) == ("online", "paid", Decimal(0))
    assert (order.surcharge, order.shipping) == (Decimal(0), Decimal(0))
    expect_invariants()


@pytest.mark.parametrize(("off", "total"), [("109.01", "0.99"), ("109.99", "0.01")])
@pytest.mark.parametrize("way", OrderPaymentMethod.values)
def test_order_that_nobody_could_pay_is_refused(off, total, way):
    make_zone(cash=True)
    make_coupon("ALMOST", kind="amount", value=off)
    cart = make_cart((make_item(), 1))
    wishes = Wishes(coupon="ALMOST", payment_method=way)
    with pytest.raises(OrderTooSmall) as refused:
        place_order(cart_id=cart.pk, buyer=make_buyer(), wishes=wishes, now=timezone.now())
    assert str(refused.value).startswith(f"Your order comes to ₹{total}, and the smallest amount")
    assert (Order.objects.count(), cart.items.count(), Coupon.objects.get().used) == (0, 1, 0)


def test_smallest_order_that_can_be_paid_is_placed():
    make_coupon("ALMOST", kind="amount", value="109.00")
    assert make_order(coupon="ALMOST").total == Decimal("1.00")


@pytest.mark.parametrize("way", ["cancel", "hide", "set F"])
def test_free_order_can_be_cancelled_until_it_is_sent(way):
    lamp, staff = make_item(inventory=5), make_staff()
    order = make_free_order((lamp, 2))
    if way == "cancel":
        cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())
    elif way == "hide":
        hide_order(order_id=order.pk, user=staff)
    else:
        set_payment_status(order_id=order.pk, payment_status="F", user=staff)
    order = Order.objects.get(pk=order.pk)
    assert (order.status, order.payment_status) == ("cancelled", "F")
    lamp.refresh_from_db()
    assert (lamp.inventory, Coupon.objects.get().used) == (5, 0)
    assert CreditNote.objects.get().invoice == order.invoice
    expect_invariants()


def test_free_order_that_was_sent_stays():
    order = make_free_order()
    fulfil_order(order_id=order.pk, at=timezone.now())
    staff = make_staff()
    with pytest.raises(TransitionRefused):
        cancel_order(order_id=order.pk, why="Too late", at=timezone.now())
    with pytest.raises(TransitionRefused):
        hide_order(order_id=order.pk, user=staff)
    assert Order.objects.get().status == "fulfilled"
    expect_invariants()


def test_paid_order_with_money_is_still_not_cancelled():
    order = make_paid_order()
    with pytest.raises(TransitionRefused):
        cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())
    with pytest.raises(OrderTookMoney):
        hide_order(order_id=order.pk, user=make_staff())


def test_checks_find_a_free_payment_of_money_and_a_cancelled_order_that_was_paid():
    order, paid = make_free_order(), make_paid_order()
    Order.objects.filter(pk=paid.pk).update(status="cancelled")
    paid.transitions.create(from_status="paid", to_status="cancelled", why="By hand")
    assert list(check_audit()) == [f"Order {paid.pk}: an audit row leads from paid to cancelled."]
    paid.payments.update(order=order)
    assert list(check_paid_orders()) == [
        f"Order {order.pk}: paid with 1 payments of 110.00 applied.",
    ]


def test_what_cost_nothing_is_not_paid_back():
    gift, rug = make_item(unit_price="50.00"), make_item(unit_price="100.00")
    make_coupon("GIFT", value="100", products=[gift])
    order = make_paid_order((gift, 1), (rug, 1), coupon="GIFT")
    free, bought = order.items.all()
    assert find_returnable(order, now=timezone.now()) == {bought.pk: 1}
    with pytest.raises(RefundRefused, match="Nothing was paid for these lines"):
        refund_order(order_id=order.pk, reason="Broken", lines={free.pk: 1})


def test_free_order_is_not_sent_back_for_money():
    order = make_free_order()
    item = order.items.get()
    assert find_returnable(order, now=timezone.now()) == {}
    with pytest.raises(ReturnRefused):
        request_return(order_id=order.pk, lines={item.pk: 1}, reason="Broken", now=timezone.now())
    assert not order.return_requests.filter(status=ReturnStatus.REQUESTED).exists()
