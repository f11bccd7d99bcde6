from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.models import Concern
from notifications.models import OutgoingEmail, WebhookEndpoint
from notifications.services.webhook_endpoints import follow_switch, note_failure, note_success
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db


def fail(endpoint: WebhookEndpoint, *, now) -> WebhookEndpoint:
    note_failure(endpoint_id=endpoint.pk, error="HTTP 500", now=now)
    endpoint.refresh_from_db()
    return endpoint


def test_endpoint_that_fails_rests_longer_and_longer():
    endpoint, now = make_endpoint(), timezone.now()
    rests = [round((fail(endpoint, now=now).rests_until - now).total_seconds()) for _ in range(8)]
    assert rests == [10, 20, 40, 80, 160, 300, 300, 300]
    assert (endpoint.failures, endpoint.failing_since, endpoint.is_enabled) == (8, now, True)


def test_one_success_makes_it_well(count_queries):
    endpoint = fail(make_endpoint(), now=timezone.now())
    note_success(endpoint_id=endpoint.pk)
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since, endpoint.rests_until) == (0, None, None)


def test_endpoint_is_switched_off_after_a_day_without_a_success(settings):
    settings.STAFF_EMAILS = ["staff@example.com"]
    endpoint, began_at = make_endpoint(name="Till", url="https://till.example.com"), timezone.now()
    fail(endpoint, now=began_at)
    assert fail(endpoint, now=began_at + timedelta(hours=23, minutes=59)).is_enabled
    over = began_at + timedelta(days=1)
    fail(endpoint, now=over)
    assert (endpoint.is_enabled, endpoint.disabled_at) == (False, over)
    assert endpoint.disabled_why == "Every call failed for a day. The last one: HTTP 500"
    fail(endpoint, now=over)
    concern, mail = Concern.objects.get(), OutgoingEmail.objects.get()
    assert concern.text == (
        "The webhook endpoint “Till” (https://till.example.com) is switched off. "
        "Every call failed for a day. The last one: HTTP 500"
    )
    assert mail.to == "staff@example.com"
    assert "“Till”" in mail.text


def test_success_in_between_begins_the_day_anew():
    endpoint, began_at = make_endpoint(), timezone.now()
    fail(endpoint, now=began_at)
    note_success(endpoint_id=endpoint.pk)
    assert fail(endpoint, now=began_at + timedelta(days=2)).is_enabled
    assert endpoint.failing_since == began_at + timedelta(days=2)


def test_failure_of_an_endpoint_that_is_gone_is_nothing():
    note_failure(endpoint_id=99, error="HTTP 500", now=timezone.now())
    assert not Concern.objects.exists()


def test_switch_takes_its_history_along():
    endpoint, now = make_endpoint(failures=9, failing_since=timezone.now(), is_enabled=False), timezone.now()
    endpoint.is_enabled, endpoint.disabled_why, endpoint.disabled_at = True, "Every call failed", now
    follow_switch(endpoint=endpoint, was_enabled=False, now=now)
    assert (endpoint.failures, endpoint.failing_since, endpoint.disabled_at, endpoint.disabled_why) == (
        0,
        None,
        None,
        "",
    )
    endpoint.is_enabled = False
    follow_switch(endpoint=endpoint, was_enabled=True, now=now)
    assert (endpoint.disabled_at, endpoint.disabled_why) == (now, "Switched off by staff.")
    follow_switch(endpoint=endpoint, was_enabled=False, now=now + timedelta(days=1))
    assert endpoint.disabled_at == now
