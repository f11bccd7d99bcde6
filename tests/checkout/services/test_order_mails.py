"""When the mails of an order's bad luck are written, and when they are taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.services.expiry import cancel_order, end_order
from checkout.services.mails import (
    queue_order_confirmation,
    queue_order_refunded,
    queue_payment_failed,
    tell_staff_of_order,
)
from notifications.models import MarketingSettings, OutgoingEmail
from notifications.services.delivery import deliver_email
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    settings.STAFF_EMAILS = ["owner@example.com"]


def statuses() -> dict[str, str]:
    mails = OutgoingEmail.objects.exclude(kind__startswith="staff")
    return dict(mails.values_list("kind", "status"))


def mail(kind: str) -> OutgoingEmail:
    return OutgoingEmail.objects.get(kind=kind)


def test_failed_payment_is_told_once_with_the_way_to_pay_and_in_place_of_the_reminder():
    order = make_order()
    for _ in range(2):
        queue_payment_failed(order=order)
    assert statuses() == {"order_received": "dropped", "payment_failed": "queued"}
    failed = mail("payment_failed")
    assert failed.about == f"order:{order.pk}"
    assert "Pay ₹110" in failed.text
    assert timedelta(minutes=4) < failed.send_after - timezone.now() < timedelta(minutes=5)


def test_failed_payment_is_not_told_once_the_order_is_paid():
    order = make_order()
    queue_payment_failed(order=order)
    queue_order_confirmation(order=order)
    assert statuses()["payment_failed"] == "dropped"


def test_mail_that_asks_to_pay_does_not_leave_once_the_order_has_ended():
    order = make_order()
    OutgoingEmail.objects.update(send_after=timezone.now())
    Order.objects.update(status="cancelled")
    assert deliver_email(purpose=f"order-received:{order.pk}") == "dropped"


@pytest.mark.parametrize(("status", "kind"), [("expired", "order_expired"), ("cancelled", "order_cancelled")])
def test_buyer_is_told_that_an_order_ended_and_not_asked_to_pay_any_more(status, kind):
    order = make_order()
    end_order(order=order, to_status=OrderStatus(status), why="x", at=timezone.now())
    assert statuses() == {"order_received": "dropped", kind: "queued"}


def test_buyer_is_told_of_a_cancelled_order():
    order = make_order()
    cancel_order(order_id=order.pk, why="x", at=timezone.now())
    assert f"Order #{order.number} is cancelled" in mail("order_cancelled").subject


def test_money_that_came_too_late_has_a_mail_of_its_own():
    order = make_order()
    queue_order_refunded(
        order=order, amount=Decimal(110), reason="Late.", key="refund-1", kind="payment_late"
    )
    late = mail("payment_late")
    assert late.purpose == "order-refunded:refund-1"
    assert "came after the order had ended" in late.text


def test_staff_hear_of_an_order_once_it_is_paid_unless_they_do_not_want_to():
    order = make_order()
    assert not OutgoingEmail.objects.filter(kind="staff_new_order").exists()
    queue_order_confirmation(order=order)
    notice = mail("staff_new_order")
    assert (notice.to, notice.subject) == ("owner@example.com", f"New order #{order.number}: ₹110")
    assert f"/admin/checkout/order/inspect/{order.pk}/" in notice.text
    wishes = MarketingSettings.load()
    wishes.tells_staff_of_orders = False
    wishes.save()
    OutgoingEmail.objects.all().delete()
    tell_staff_of_order(order=order)
    assert not OutgoingEmail.objects.exists()
