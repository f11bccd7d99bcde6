from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.services.fulfilment import complete_delivered_orders, fulfil_order
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db


def test_order_is_complete_thirty_days_after_it_left_and_not_before():
    order = make_paid_order()
    sent_at = timezone.now()
    fulfil_order(order_id=order.pk, at=sent_at)
    due = sent_at + timedelta(days=30)
    assert complete_delivered_orders(now=due - timedelta(seconds=1)) == 0
    assert complete_delivered_orders(now=due) == 1
    assert complete_delivered_orders(now=due) == 0
    order = Order.objects.get(pk=order.pk)
    assert order.status == OrderStatus.COMPLETED
    last = order.transitions.last()
    assert (last.from_status, last.at, last.why) == ("fulfilled", due, "Delivered, as far as we know")


def test_order_that_has_not_left_is_not_complete():
    make_paid_order()
    assert complete_delivered_orders(now=timezone.now() + timedelta(days=400)) == 0


def test_parcel_that_is_not_paid_for_is_not_complete():
    order = make_paid_order()
    fulfil_order(order_id=order.pk, at=timezone.now())
    Order.objects.update(paid_at=None)
    assert complete_delivered_orders(now=timezone.now() + timedelta(days=400)) == 0
