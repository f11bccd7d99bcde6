import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from notifications.models import WebhookEndpoint
from notifications.services.webhook_secrets import find_secrets, make_secret, rotate_secret, sign
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db


def test_secret_depends_on_the_salt_and_on_the_shops_key(settings):
    first = make_secret("one")
    assert first.startswith("whsec_")
    assert len(first) == 49
    assert (make_secret("one"), make_secret("two") == first) == (first, False)
    settings.SECRET_KEY = "another"
    assert make_secret("one") != first


def test_signature_is_over_the_time_and_the_body():
    at = datetime(2026, 11, 22, 18, 30, 0, 999_999, tzinfo=UTC)
    expected = hmac.new(b"key", b"1795372200.{}", hashlib.sha256).hexdigest()
    assert sign(b"{}", secrets=["key"], at=at) == f"t=1795372200,v1={expected}"


def test_two_secrets_are_valid_for_a_day_after_a_rotation():
    endpoint, now = make_endpoint(), timezone.now()
    (old,) = find_secrets(endpoint, now=now)
    rotate_secret(endpoint_id=endpoint.pk, now=now)
    endpoint = WebhookEndpoint.objects.get()
    new, previous = find_secrets(endpoint, now=now + timedelta(hours=23, minutes=59))
    assert previous == old != new
    assert find_secrets(endpoint, now=now + timedelta(days=1)) == [new]
    parts = sign(b"{}", secrets=[new, old], at=now).split(",")
    assert [part.partition("=")[0] for part in parts] == ["t", "v1", "v1"]


def test_no_secret_is_in_the_database():
    endpoint = make_endpoint()
    (secret,) = find_secrets(endpoint, now=timezone.now())
    assert secret not in str(WebhookEndpoint.objects.values().get())
