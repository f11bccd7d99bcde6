import hashlib
import hmac
import json

import pytest
from django.conf import settings as configured

from checkout.models import WebhookEvent
from tests.api.wire import Answer, detail_body

pytestmark = pytest.mark.django_db

WEBHOOK = "/payments/webhook/"
EVENT = {"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_x"}}}}
OK = (200, {"status": "ok"})
INVALID = (400, detail_body("Invalid signature", "invalid_signature"))


def sign(body: bytes, secret: str = "") -> str:
    return hmac.new(
        (secret or configured.RAZORPAY_WEBHOOK_SECRETS[0]).encode(), body, hashlib.sha256
    ).hexdigest()


def deliver(api, body: bytes, signature: str | None = None, event_id: str = "evt_1") -> Answer:
    signature = sign(body) if signature is None else signature
    return api.send("POST", WEBHOOK, body, X_Razorpay_Signature=signature, X_Razorpay_Event_Id=event_id)


def test_webhook_is_stored_once(guest):
    body = json.dumps(EVENT).encode()
    answer = deliver(guest, body)
    assert (answer.told, answer.content) == (OK, b'{"status":"ok"}')
    assert deliver(guest, body).told == OK
    event = WebhookEvent.objects.get()
    assert (event.event_id, event.name, event.body, event.status) == (
        "evt_1",
        "payment.captured",
        body.decode(),
        "received",
    )


@pytest.mark.parametrize(
    "event", [{"event": "subscription.charged", "payload": {}}, {"event": "order.paid"}, {"event": 5}]
)
def test_webhook_unknown_events_and_orders(guest, event):
    assert deliver(guest, json.dumps(event).encode()).told == OK


def test_webhook_without_an_event_id_is_known_by_its_body(guest):
    body = json.dumps(EVENT).encode()
    for _ in range(2):
        assert guest.send("POST", WEBHOOK, body, X_Razorpay_Signature=sign(body)).told == OK
    assert WebhookEvent.objects.get().event_id == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize("signature", ["", "0" * 64, "short", "ünïcode", "Ã¼" * 40])
def test_webhook_bad_signature(guest, signature):
    body = json.dumps(EVENT).encode()
    assert deliver(guest, body, signature=signature).told == INVALID
    assert WebhookEvent.objects.count() == 0


def test_webhook_no_signature(guest):
    assert guest.send("POST", WEBHOOK, json.dumps(EVENT).encode()).told == INVALID


def test_webhook_body_changed_after_signing(guest):
    body = json.dumps(EVENT).encode()
    assert deliver(guest, body + b" ", signature=sign(body)).told == INVALID


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"null", b"{}", b"\xff\xfe"])
def test_webhook_signed_body_that_is_no_event(guest, body):
    assert deliver(guest, body).told == INVALID


def test_webhook_old_secret_while_it_is_listed(guest, settings):
    body = json.dumps(EVENT).encode()
    settings.RAZORPAY_WEBHOOK_SECRETS = ["new", "old"]
    assert deliver(guest, body, signature=sign(body, "old"), event_id="a").told == OK
    assert deliver(guest, body, signature=sign(body, "new"), event_id="b").told == OK
    assert deliver(guest, body, signature=sign(body, "older"), event_id="c").told == INVALID


def test_webhook_without_a_secret(guest, settings):
    settings.RAZORPAY_WEBHOOK_SECRETS = []
    body = json.dumps(EVENT).encode()
    answer = deliver(guest, body, signature=sign(body, "anything"))
    assert answer.told == (503, detail_body("No webhook secret is set.", "not_configured"))
    assert WebhookEvent.objects.count() == 0


def test_webhook_of_any_content_type(guest):
    body = json.dumps(EVENT).encode()
    answer = guest.send("POST", WEBHOOK, body, "text/plain", X_Razorpay_Signature=sign(body))
    assert answer.told == OK


def test_webhook_ignores_a_bad_token(guest):
    body = json.dumps(EVENT).encode()
    answer = guest.send("POST", WEBHOOK, body, X_Razorpay_Signature=sign(body), Authorization="JWT x")
    assert answer.told == OK
