from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.models import Cart, Order, PaymentIntent, Refund, WebhookEvent
from tests.factories.carts import make_cart
from tests.factories.orders import make_intent, make_order, make_paid_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def test_reachable_carts_are_those_of_nobody_and_the_callers_own():
    mine, yours = make_customer(), make_customer()
    free, own = make_cart(), make_cart(customer=mine)
    make_cart(customer=yours)
    assert set(Cart.objects.reachable_by(None)) == {free} == set(Cart.objects.unowned())
    assert set(Cart.objects.reachable_by(mine.pk)) == {free, own}


def test_overdue_orders_are_unpaid_ones_from_the_end_of_their_hold():
    late, later, paid = make_order(), make_order(), make_paid_order()
    Order.objects.filter(pk=late.pk).update(expires_at=later.expires_at - timedelta(minutes=1))
    assert list(Order.objects.overdue(later.expires_at)) == [late, later]
    assert list(Order.objects.overdue(later.expires_at - timedelta(microseconds=1))) == [late]
    assert set(Order.objects.unpaid()) == {late, later}
    assert paid in Order.objects.visible()


def test_open_intents_can_still_be_paid():
    order = make_order()
    by_status = {
        status: PaymentIntent.objects.create(order=order, amount=1, currency="INR", status=status)
        for status in ("created", "attempted", "paid", "failed", "cancelled")
    }
    assert set(PaymentIntent.objects.open()) == {
        by_status[name] for name in ("created", "attempted", "failed")
    }
    named = make_intent(make_order())
    assert list(PaymentIntent.objects.at_gateway()) == [named]


def test_pending_refunds_have_not_ended():
    payment = make_paid_order().payments.get()
    rows = [
        Refund.objects.create(payment=payment, key=status, amount=1, reason="Broken", status=status)
        for status in ("pending", "processed", "failed")
    ]
    assert list(Refund.objects.pending()) == rows[:1]


def test_unprocessed_events_come_oldest_first():
    events = [
        WebhookEvent.objects.create(
            event_id=str(n), name="x", body="{}", status=status, received_at=timezone.now()
        )
        for n, status in enumerate(("received", "processed", "received", "parked"))
    ]
    assert list(WebhookEvent.objects.unprocessed()) == [events[0], events[2]]
