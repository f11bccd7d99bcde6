"""Fifty refunds of one payment at once give back what was captured, and not a paisa more."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from checkout.models import Refund
from tests.factories.orders import make_paid_order
from tests.journeys.client import Answer
from tests.races.servers import Web
from tests.races.stage import ROUNDS, count_statuses, expect_invariants, make_products

REFUNDS = 50
SHARE = Decimal("10.00")


def rush(web: Web, order_id: int, *, without: str = "") -> list[Answer]:
    body = {"order_id": order_id, "amount": str(SHARE)}
    return web.at_once([("/races/refund/", body)] * REFUNDS, without=without)


def expect_at_most_the_captured(answers: list[Answer], order_id: int) -> None:
    refunded = Refund.objects.filter(payment__order=order_id)
    assert refunded.aggregate(sum=Sum("amount"))["sum"] == 11 * SHARE  # of 110 rupees
    assert count_statuses(answers) == {200: 11, 409: REFUNDS - 11}


def test_refunds_never_exceed_the_captured(web: Web):
    for product in make_products(ROUNDS, inventory=1):
        order = make_paid_order((product, 1))
        expect_at_most_the_captured(rush(web, order.pk), order.pk)
    expect_invariants()


def test_refunds_by_an_old_sum_exceed_the_captured(web: Web):
    """The negative control."""
    order = make_paid_order((make_products(1, inventory=1)[0], 1))
    answers = rush(web, order.pk, without="refund")
    assert Refund.objects.aggregate(sum=Sum("amount"))["sum"] > order.total
    with pytest.raises(AssertionError):
        expect_at_most_the_captured(answers, order.pk)
