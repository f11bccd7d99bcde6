from itertools import product

import pytest
from django.utils import timezone

from checkout.enums import ALLOWED_TRANSITIONS, OrderStatus
from checkout.models import Order
from checkout.services.transitions import TransitionRefused, move_order
from tests.factories.orders import make_order
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("placed", "paid"),
    ("placed", "expired"),
    ("placed", "cancelled"),
    ("paid", "fulfilled"),
    ("fulfilled", "completed"),
    ("expired", "paid"),
    ("cancelled", "paid"),
}
PAIRS = [(str(before), str(after)) for before, after in product(OrderStatus.values, repeat=2)]


def make_order_with(status: str) -> Order:
    order = make_order()
    Order.objects.filter(pk=order.pk).update(status=status)
    return Order.objects.get(pk=order.pk)


def audit_of(order: Order) -> list[tuple[str, str]]:
    return list(order.transitions.values_list("from_status", "to_status"))


def test_table_names_every_status():
    assert set(ALLOWED_TRANSITIONS) == set(OrderStatus.values)


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair in ALLOWED])
def test_allowed_transition_moves_the_order_and_leaves_an_audit_row(before, after):
    order, user, at = make_order_with(before), make_staff(), timezone.now()
    move_order(order=order, to_status=after, why="Because", at=at, by_id=user.pk)
    assert order.status == after
    assert Order.objects.get(pk=order.pk).status == after
    row = order.transitions.last()
    assert (row.from_status, row.to_status, row.why, row.at, row.by) == (before, after, "Because", at, user)
    assert order.transitions.count() == 2


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair not in ALLOWED])
def test_other_transitions_are_refused_without_a_trace(before, after):
    order = make_order_with(before)
    with pytest.raises(TransitionRefused, match=f"An order that is {before} cannot become {after}."):
        move_order(order=order, to_status=after, why="Because", at=timezone.now())
    assert (order.status, Order.objects.get(pk=order.pk).status) == (before, before)
    assert audit_of(order) == [("", "placed")]


def test_transition_writes_the_columns_that_come_with_it():
    order, at = make_order(), timezone.now()
    move_order(order=order, to_status=OrderStatus.PAID, why="Cash", at=at, paid_at=at)
    assert (order.paid_at, Order.objects.get(pk=order.pk).paid_at) == (at, at)


def test_transition_of_an_order_that_another_process_moved_is_refused():
    order, now = make_order(), timezone.now()
    seen = Order.objects.get(pk=order.pk)
    move_order(order=order, to_status=OrderStatus.PAID, why="First", at=now)
    with pytest.raises(TransitionRefused, match="An order that is paid cannot become cancelled"):
        move_order(order=seen, to_status=OrderStatus.CANCELLED, why="Second", at=now, paid_at=None)
    assert audit_of(order) == [("", "placed"), ("placed", "paid")]
    assert Order.objects.get(pk=order.pk).status == "paid"


def test_long_reason_is_cut_to_its_column():
    order = make_order()
    move_order(order=order, to_status=OrderStatus.PAID, why="x" * 300, at=timezone.now())
    assert order.transitions.last().why == "x" * 255
