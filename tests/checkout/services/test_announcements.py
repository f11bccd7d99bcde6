from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.enums import OrderEvent
from checkout.gateways.razorpay import GatewayRefund
from checkout.models import Order, Refund
from checkout.services.cash import record_cash, take_back_order
from checkout.services.fulfilment import fulfil_order
from checkout.services.orders import place_order
from checkout.services.refund_reports import adopt_refund
from checkout.services.refund_sending import settle_refund
from checkout.services.refunds import refund_order
from checkout.services.staff import hide_order, set_payment_status
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.models.webhook import forget_listened
from shop.services.stock import OutOfStock
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.orders import (
    make_buyer,
    make_cancelled_order,
    make_cash_order,
    make_expired_order,
    make_order,
    make_paid_order,
    make_sent_cash_order,
)
from tests.factories.users import make_customer, make_staff
from tests.factories.webhooks import list_events, make_endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _client():
    make_endpoint(*OrderEvent.values)


def kinds() -> list[str]:
    return [kind for kind, _data in list_events()]


def statuses() -> list[tuple[str, str, str]]:
    return [(kind, data["status"], data["payment_status"]) for kind, data in list_events()]


def test_placed_order_is_described_in_the_words_of_the_api():
    customer = make_customer()
    order = make_order((make_item(unit_price="99.95"), 2), customer=customer)
    (event,) = list_events()
    assert event == (
        "order.placed",
        {
            "id": order.pk,
            "number": order.number,
            "customer": customer.pk,
            "status": "placed",
            "payment_status": "P",
            "payment_method": "online",
            "placed_at": order.placed_at.isoformat().replace("+00:00", "Z"),
            "currency": "INR",
            "total": float(order.total),
        },
    )
    body = WebhookDelivery.objects.get().body
    assert order.email not in body
    assert order.name not in body


def test_order_that_is_not_made_is_not_announced():
    cart = make_cart((make_item(inventory=1), 2))
    with pytest.raises(OutOfStock):
        place_order(cart_id=cart.pk, buyer=make_buyer(), now=timezone.now())
    assert kinds() == []


def test_life_of_an_order_that_is_paid_online():
    order = make_paid_order()
    fulfil_order(order_id=order.pk, at=timezone.now())
    assert statuses() == [
        ("order.placed", "placed", "P"),
        ("order.paid", "paid", "C"),
        ("order.fulfilled", "fulfilled", "C"),
    ]


def test_life_of_an_order_that_is_paid_at_the_door():
    order = make_sent_cash_order()
    record_cash(order_id=order.pk, user=make_staff())
    assert statuses() == [
        ("order.placed", "placed", "P"),
        ("order.fulfilled", "fulfilled", "P"),
        ("order.paid", "completed", "C"),
    ]


def test_order_that_staff_mark_paid_is_announced():
    order = make_cash_order()
    set_payment_status(order_id=order.pk, payment_status="C", user=make_staff())
    assert statuses()[1:] == [("order.paid", "paid", "C")]


@pytest.mark.parametrize(
    ("end", "status"), [(make_cancelled_order, "cancelled"), (make_expired_order, "expired")]
)
def test_order_that_ends_unpaid_says_how(end, status):
    end()
    assert statuses()[1:] == [("order.cancelled", status, "F")]


def test_parcel_that_comes_back_cancels_its_order():
    take_back_order(order_id=make_sent_cash_order().pk, user=make_staff())
    assert statuses()[2:] == [("order.cancelled", "cancelled", "F")]


def test_order_that_staff_delete_is_cancelled_once():
    order, staff = make_order(), make_staff()
    hide_order(order_id=order.pk, user=staff)
    hide_order(order_id=order.pk, user=staff)
    assert kinds() == ["order.placed", "order.cancelled"]


def test_refund_is_announced_once_the_money_went_back():
    order = make_paid_order((make_item(unit_price="100.00"), 1))
    refund = refund_order(order_id=order.pk, amount=Decimal("10.00"), reason="Dented")
    assert kinds() == ["order.placed", "order.paid"]
    for status in ("pending", "processed", "processed"):
        settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status=status)
    kind, data = list_events()[2]
    assert (kind, data["id"], data["status"], len(kinds())) == ("order.refunded", order.pk, "paid", 3)
    assert data["refund"] == {
        "id": refund.pk,
        "amount": 10.0,
        "status": "processed",
        "reason": "Dented",
    }


def test_refund_that_fails_is_not_announced():
    order = make_paid_order()
    refund = refund_order(order_id=order.pk, reason="Broken")
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="failed")
    assert "order.refunded" not in kinds()


def test_money_that_goes_back_by_hand_is_announced_at_once():
    order = make_order()
    set_payment_status(order_id=order.pk, payment_status="C", user=make_staff())
    refund_order(order_id=order.pk, reason="Came back")
    assert kinds()[-1] == "order.refunded"


def test_refund_that_somebody_made_at_razorpay_is_announced():
    payment = make_paid_order().payments.get()
    answer = GatewayRefund(
        id="rfnd_9", payment_id=payment.provider_id, amount=payment.amount, status="processed", receipt=""
    )
    adopt_refund(reported=answer)
    adopt_refund(reported=answer)
    assert kinds()[2:] == ["order.refunded"]


def test_money_that_never_paid_for_the_order_is_none_of_it():
    order = make_paid_order()
    order.payments.update(effect="surplus")
    refund = Refund.objects.create(payment=order.payments.get(), key="refund-1", amount=1, reason="Second")
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="processed")
    assert Order.objects.get().status == "paid"
    assert "order.refunded" not in kinds()


@pytest.mark.parametrize("listening", [False, True])
def test_placing_costs_two_statements_where_somebody_listens(count_queries, listening):
    if not listening:
        WebhookEndpoint.objects.all().delete()
    cart = make_cart((make_item(), 1))
    forget_listened()
    warm_settings()
    with count_queries() as counted:
        place_order(cart_id=cart.pk, buyer=make_buyer(), now=timezone.now())
    about_webhooks = [sql for sql in counted.statements if "notifications_webhook" in sql]
    assert len(about_webhooks) == (2 if listening else 0)
