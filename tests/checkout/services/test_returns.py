from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.enums import OrderStatus, ReturnStatus
from checkout.models import Order, Refund, ReturnRequest
from checkout.money_invariants import check_returns
from checkout.services.refunds import refund_order
from checkout.services.returns import (
    ReturnRefused,
    answer_return,
    find_returnable,
    receive_return,
    request_return,
)
from checkout.services.transitions import move_order
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_expired_order, make_order, make_order_in, make_paid_order
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """₹385.00 paid: three lamps of ₹110.00 and a rug of ₹55.00."""
    lamp = make_item(title="Lamp", unit_price="100.00", inventory=10)
    rug = make_item(title="Rug", unit_price="50.00", inventory=10)
    return make_paid_order((lamp, 3), (rug, 1))


def ask(order: Order, *counts: int, **changed) -> ReturnRequest:
    items = order.items.values_list("pk", flat=True)
    lines = {pk: count for pk, count in zip(items, counts, strict=False) if count}
    return request_return(
        **{"order_id": order.pk, "lines": lines, "reason": "Broken", "now": timezone.now(), **changed}
    )


def accept(request: ReturnRequest, staff, answer: str = "Use the enclosed label.") -> ReturnRequest:
    return answer_return(
        return_id=request.pk,
        to_status=ReturnStatus.ACCEPTED,
        answer=answer,
        at=timezone.now(),
        by_id=staff.pk,
    )


def receive(request: ReturnRequest, staff, *, restock: bool = True) -> ReturnRequest:
    return receive_return(return_id=request.pk, restock=restock, at=timezone.now(), by_id=staff.pk)


def mails(order: Order) -> list[str]:
    return sorted(
        OutgoingEmail.objects.filter(to=order.email, purpose__startswith="return").values_list(
            "purpose", flat=True
        )
    )


def test_wish_is_written_down_and_everybody_is_told(order):
    make_admin(email="owner@example.com")
    request = ask(order, 2)
    assert (request.status, request.reason, str(request)) == (
        "requested",
        "Broken",
        f"#{order.pk}-{request.pk}",
    )
    assert list(request.lines.values_list("item__title", "quantity")) == [("Lamp", 2)]
    step = request.transitions.get()
    assert (step.from_status, step.to_status, step.why) == ("", "requested", "Broken")
    assert mails(order) == [f"return-requested:{request.pk}"]
    notice = OutgoingEmail.objects.get(to="owner@example.com")
    assert "2 × Lamp" in notice.text


def test_return_goes_from_the_wish_to_the_money(order):
    staff, request = make_staff(), ask(order, 2)
    accept(request, staff)
    mail = OutgoingEmail.objects.get(purpose=f"return-accepted:{request.pk}")
    assert "Use the enclosed label." in mail.text
    assert "Use the enclosed label." in mail.html
    done = receive(request, staff)
    assert (done.status, done.refund.amount, done.refund.reason) == (
        "received",
        Decimal("220.00"),
        f"Return #{order.pk}-{request.pk}",
    )
    assert Product.objects.get(title="Lamp").inventory == 9
    assert list(request.transitions.values_list("to_status", flat=True)) == [
        "requested",
        "accepted",
        "received",
    ]
    assert list(ReturnRequest.objects.values_list("status", "refund")) == [("received", done.refund.pk)]


def test_goods_that_cannot_be_sold_again_stay_off_the_shelf(order):
    staff, request = make_staff(), ask(order, 2)
    accept(request, staff)
    receive(request, staff, restock=False)
    assert Product.objects.get(title="Lamp").inventory == 7


def test_rejected_return_may_be_asked_for_again(order):
    staff, request = make_staff(), ask(order, 3, 1)
    with pytest.raises(ReturnRefused):
        ask(order, 1)
    answer_return(
        return_id=request.pk,
        to_status=ReturnStatus.REJECTED,
        answer="It was worn.",
        at=timezone.now(),
        by_id=staff.pk,
    )
    assert "It was worn." in OutgoingEmail.objects.get(purpose=f"return-rejected:{request.pk}").text
    assert ask(order, 1).status == "requested"


def test_steps_follow_the_table(order):
    staff, request = make_staff(), ask(order, 1)
    with pytest.raises(ReturnRefused, match="A return that is requested cannot become received"):
        receive(request, staff)
    assert Refund.objects.count() == 0
    accept(request, staff)
    receive(request, staff)
    with pytest.raises(ReturnRefused, match="A return that is received cannot become accepted"):
        accept(request, staff)


def test_lines_that_were_refunded_meanwhile_are_not_refunded_again(order):
    staff, request = make_staff(), ask(order, 3)
    accept(request, staff)
    refund_order(order_id=order.pk, lines={order.items.first().pk: 1}, reason="Goodwill")
    done = receive(request, staff)
    assert (done.refund.amount, done.refund.lines.get().quantity) == (Decimal("220.00"), 2)
    assert Product.objects.get(title="Lamp").inventory == 10


def test_goods_come_back_after_a_goodwill_refund_that_leaves_less_than_they_cost(order):
    staff, request = make_staff(), ask(order, 2)
    accept(request, staff)
    refund_order(order_id=order.pk, amount=Decimal("300.00"), reason="Goodwill")
    done = receive(request, staff)
    line = done.refund.lines.get()
    assert (done.refund.amount, line.quantity, line.amount) == (Decimal("85.00"), 2, Decimal("85.00"))
    assert Product.objects.get(title="Lamp").inventory == 9
    assert list(check_returns()) == []


@pytest.mark.parametrize("wish", [{}, {"amount": Decimal("385.00")}])
def test_goods_come_back_when_all_the_money_is_back_already(order, wish):
    staff, request = make_staff(), ask(order, 2)
    accept(request, staff)
    refund_order(order_id=order.pk, reason="Goodwill", **wish)
    done = receive(request, staff)
    assert (done.status, done.refund, Refund.objects.count()) == ("received", None, 1)
    assert done.transitions.last().why == "Nothing was left to refund."
    assert Product.objects.get(title="Lamp").inventory == 9
    mail = OutgoingEmail.objects.get(purpose=f"return-received:{request.pk}")
    assert "Your whole payment had gone back before" in mail.text
    assert "We cannot take it" not in mail.html
    lamp_id, rug_id = order.items.values_list("pk", flat=True)
    left = {} if not wish else {lamp_id: 1, rug_id: 1}
    assert find_returnable(order, now=timezone.now()) == left
    assert list(check_returns()) == []


@pytest.mark.parametrize("counts", [(4,), (0, 2)])
def test_more_than_was_ordered_is_refused(order, counts):
    with pytest.raises(ReturnRefused, match="what you ordered"):
        ask(order, *counts)


def test_wish_without_lines_is_refused(order):
    with pytest.raises(ReturnRefused, match="Choose what"):
        ask(order)


@pytest.mark.parametrize("make", [make_order, make_expired_order])
def test_unpaid_order_is_not_sent_back(make):
    order = make()
    assert find_returnable(order, now=timezone.now()) == {}
    with pytest.raises(ReturnRefused, match="cannot be sent back any more"):
        ask(order, 1)


def test_return_is_possible_for_two_weeks_from_when_the_goods_went_out(order):
    move_order(
        order=order, to_status=OrderStatus.FULFILLED, why="Test", at=order.paid_at + timedelta(days=10)
    )
    sent = order.transitions.last().at
    item_ids = list(order.items.values_list("pk", flat=True))
    assert find_returnable(order, now=sent + timedelta(days=14)) == dict(zip(item_ids, (3, 1), strict=True))
    assert find_returnable(order, now=sent + timedelta(days=14, seconds=1)) == {}
    with pytest.raises(ReturnRefused):
        ask(order, 1, now=sent + timedelta(days=15))


def test_return_of_an_order_on_its_way():
    order = make_order_in("completed")
    assert ask(order, 1).order == order
