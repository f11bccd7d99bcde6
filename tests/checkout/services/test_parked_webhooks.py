import pytest
from wagtail.models import ModelLogEntry

from checkout.models import WebhookEvent
from checkout.services.parked_webhooks import NotParked, retry_webhook, set_webhook_aside
from checkout.services.webhooks import process_due_webhooks
from tests.factories.orders import make_intent, make_order
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> WebhookEvent:
    return WebhookEvent.objects.create(
        event_id="evt_1",
        name="payment.captured",
        body="{}",
        status="parked",
        why="No use for it.",
        attempts=3,
    )


def logged() -> list[tuple[str, dict]]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", "data"))


def test_parked_event_is_tried_again(event, broker, django_capture_on_commit_callbacks):
    user = make_staff()
    with django_capture_on_commit_callbacks(execute=True):
        retry_webhook(webhook_id=event.pk, user=user)
    event.refresh_from_db()
    assert (event.status, event.attempts, event.processed_at) == ("received", 0, None)
    assert broker.sent == [("checkout.payments.process_webhook", ["evt_1"])]
    assert logged() == [("checkout.webhook_retried", {"why": "No use for it."})]
    assert event.log_entries.get().user == user


def test_retried_event_takes_effect_when_what_it_waited_for_is_there(event, simulator, pay):
    order = make_order()
    razorpay_order_id = simulator.create_order(int(order.total * 100))
    body = f'{{"payload": {{"payment": {{"entity": {{"id": "{pay(razorpay_order_id)["payment_id"]}"}}}}}}}}'
    WebhookEvent.objects.update(body=body)
    make_intent(order, razorpay_order_id=razorpay_order_id)
    retry_webhook(webhook_id=event.pk, user=make_staff())
    event.refresh_from_db()
    process_due_webhooks(now=event.next_try_at)
    event.refresh_from_db()
    order.refresh_from_db()
    assert (event.status, event.why, order.status) == ("processed", "", "paid")


def test_parked_event_is_set_aside_with_a_reason(event):
    set_webhook_aside(webhook_id=event.pk, user=make_staff(), reason="Of our other shop")
    event.refresh_from_db()
    assert (event.status, event.why) == ("set_aside", "No use for it.")
    assert logged() == [
        ("checkout.webhook_set_aside", {"why": "No use for it.", "reason": "Of our other shop"})
    ]
    process_due_webhooks(now=event.next_try_at)
    assert WebhookEvent.objects.get().status == "set_aside"


@pytest.mark.parametrize("status", ["received", "processed", "set_aside"])
def test_event_that_is_not_parked_is_left_alone(event, status):
    WebhookEvent.objects.update(status=status)
    with pytest.raises(NotParked):
        retry_webhook(webhook_id=event.pk, user=make_staff())
    with pytest.raises(NotParked):
        set_webhook_aside(webhook_id=event.pk, user=make_staff(), reason="Why not")
    assert (WebhookEvent.objects.get().status, logged()) == (status, [])
