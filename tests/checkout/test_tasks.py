from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from checkout import tasks
from checkout.models import Cart, Order, Refund, WebhookEvent
from checkout.services.refunds import request_refund
from tests.factories.carts import make_cart
from tests.factories.orders import make_intent, make_order, make_paid_order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "checkout.carts.remove_abandoned_carts",
        "checkout.orders.expire_due_orders",
        "checkout.payments.process_webhook",
        "checkout.payments.sweep_intents",
        "checkout.payments.sweep_webhooks",
        "checkout.payments.send_refund",
        "checkout.payments.sweep_refunds",
    ],
)
def test_task_is_known_by_the_name_that_services_send(name):
    assert name in current_app.tasks


def test_every_scheduled_task_exists():
    current_app.loader.import_default_modules()
    for entry in current_app.conf.beat_schedule.values():
        assert entry["task"] in current_app.tasks


def test_abandoned_carts_are_removed():
    cart = make_cart()
    Cart.objects.update(updated_at=timezone.now() - timedelta(days=8))
    tasks.remove_abandoned_carts()
    assert not Cart.objects.filter(pk=cart.pk).exists()


def test_due_orders_expire():
    order = make_order(now=timezone.now() - timedelta(minutes=31))
    tasks.expire_due_orders()
    assert Order.objects.get(pk=order.pk).status == "expired"


def test_event_that_must_wait_is_left_for_the_sweep():
    body = '{"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1"}}}}'
    WebhookEvent.objects.create(event_id="evt_1", name="payment.captured", body=body)
    tasks.process_webhook("evt_1")  # the gateway is away
    assert WebhookEvent.objects.get().status == "received"


def test_sweep_goes_on_after_an_event_that_must_wait():
    body = '{"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1"}}}}'
    WebhookEvent.objects.create(event_id="evt_1", name="payment.captured", body=body)
    WebhookEvent.objects.create(event_id="evt_2", name="ping", body='{"event": "ping"}')
    tasks.sweep_webhooks()
    assert list(WebhookEvent.objects.order_by("pk").values_list("status", flat=True)) == [
        "received",
        "parked",
    ]


@pytest.mark.parametrize("sweeps", [True, False])
def test_pending_refunds_are_sent(sweeps):
    payment = make_paid_order().payments.get()
    refund = request_refund(payment=payment, amount=payment.amount, reason="Came broken")
    tasks.sweep_refunds() if sweeps else tasks.send_refund(refund.pk)
    # The gateway is away, and was asked.
    assert Refund.objects.get().last_error.startswith("Razorpay did not answer")


def test_due_intents_are_asked_about(caplog):
    make_intent(make_order(now=timezone.now() - timedelta(minutes=3)))
    tasks.sweep_intents()
    assert "Razorpay did not answer" in caplog.text
