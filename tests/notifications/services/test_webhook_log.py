from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services import webhook_log
from notifications.services.announcements import EndpointDisabled, announce
from notifications.services.webhook_log import (
    DeliveryInFlight,
    remove_old_deliveries,
    resend_delivery,
    resume_deliveries,
)
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db


def make_delivery(key: str = "1", **columns) -> WebhookDelivery:
    if not WebhookEndpoint.objects.exists():
        make_endpoint()
    announce(kind="order.paid", key=key, describe=lambda: {"id": 1})
    rows = WebhookDelivery.objects.filter(key=f"order.paid:{key}")
    rows.update(**columns)
    return rows.get()


@pytest.mark.parametrize("status", ["sent", "failed", "queued"])
def test_event_is_sent_once_more_as_it_was(broker, django_capture_on_commit_callbacks, status):
    later = timezone.now() + timedelta(hours=4)
    delivery = make_delivery(status=status, attempts=3, send_after=later)
    WebhookEndpoint.objects.update(rests_until=later)
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        resend_delivery(delivery_id=delivery.pk, now=now)
    again = WebhookDelivery.objects.select_related("endpoint").get()
    assert (again.status, again.send_after, again.attempts) == ("queued", now, 3)
    assert (again.body, again.event_id) == (delivery.body, delivery.event_id)
    assert again.endpoint.rests_until is None
    assert broker.sent == [("notifications.webhooks.deliver", [again.endpoint_id, again.key])]


def test_event_that_is_being_sent_is_not_sent_again():
    delivery = make_delivery(status="sending")
    with pytest.raises(DeliveryInFlight):
        resend_delivery(delivery_id=delivery.pk, now=timezone.now())
    assert WebhookDelivery.objects.get().status == "sending"


def test_event_for_an_endpoint_that_is_off_is_not_sent_again():
    delivery = make_delivery(status="failed")
    WebhookEndpoint.objects.update(is_enabled=False)
    with pytest.raises(EndpointDisabled):
        resend_delivery(delivery_id=delivery.pk, now=timezone.now())
    assert WebhookDelivery.objects.get().status == "failed"


def test_what_waits_goes_on_when_the_endpoint_is_on_again():
    later, now = timezone.now() + timedelta(hours=4), timezone.now()
    make_delivery("1", send_after=later)
    make_delivery("2", send_after=later, status="failed")
    assert resume_deliveries(endpoint_id=WebhookEndpoint.objects.get().pk, now=now) == 1
    assert list(WebhookDelivery.objects.due(now).values_list("key", flat=True)) == ["order.paid:1"]


def test_events_older_than_thirty_days_are_removed_in_steps(monkeypatch):
    monkeypatch.setattr(webhook_log, "REMOVED_AT_ONCE", 2)
    now = timezone.now()
    for number in range(5):
        make_delivery(str(number), created_at=now - timedelta(days=30, seconds=1))
    make_delivery("young", created_at=now - timedelta(days=29, hours=23))
    assert remove_old_deliveries(now=now) == 5
    assert WebhookDelivery.objects.get().key == "order.paid:young"
