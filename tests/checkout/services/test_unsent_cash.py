from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.invariants import CHECKS
from checkout.models import Concern, Order
from checkout.services.cash import record_cash
from checkout.services.fulfilment import fulfil_order
from checkout.services.unsent_cash import follow_unsent_cash_orders
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_cash_order, make_order
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


def follow(order: Order, **after) -> int:
    return follow_unsent_cash_orders(now=order.placed_at + timedelta(**after))


def test_staff_are_reminded_after_a_week_once():
    order = make_cash_order()
    assert (follow(order, days=6, hours=23), Concern.objects.count()) == (0, 0)
    for _ in range(2):
        assert follow(order, days=7) == 0
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == (f"cash-unsent:{order.pk}", order)
    assert concern.text == (
        f"Order #{order.pk}, cash on delivery, waits for 7 days to be sent and holds its stock. Send it or "
        "cancel it; in another 7 days it is cancelled by itself."
    )
    assert Order.objects.get().status == "placed"


def test_order_that_nobody_sends_ends_after_two_weeks_and_its_buyer_is_told():
    lamp = make_item(inventory=5)
    order = make_cash_order((lamp, 3))
    assert follow(order, days=13, hours=23) == 0
    assert [follow(order, days=14) for _ in range(2)] == [1, 0]
    assert (Order.objects.get().status, Product.objects.get().inventory) == ("cancelled", 5)
    assert order.transitions.last().why == "Not sent in time"
    mail = OutgoingEmail.objects.get(purpose=f"order-ended:{order.pk}")
    assert (mail.to, "you owe us nothing" in mail.text) == (order.email, True)
    assert [sentence for check in CHECKS for sentence in check()] == []


def test_days_are_a_setting(settings):
    settings.ORDER_CASH_DAYS = 2
    order = make_cash_order()
    assert [follow(order, days=3), follow(order, days=4)] == [0, 1]


def test_order_that_was_sent_or_paid_or_is_paid_online_does_not_end_so():
    sent, paid = make_cash_order(), make_cash_order()
    online = make_order()
    fulfil_order(order_id=sent.pk, at=timezone.now())
    record_cash(order_id=paid.pk, user=make_staff())
    assert follow(online, days=100) == 0
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == [
        "fulfilled",
        "paid",
        "placed",
    ]
    assert Concern.objects.count() == 0
