import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from checkout.models import Dispute, Order, Payment, Refund, WebhookEvent
from checkout.services import webhooks
from checkout.services.intents import open_payment
from checkout.services.payments import apply_payment
from checkout.services.refund_sending import send_refund
from checkout.services.refunds import request_refund
from checkout.services.webhooks import (
    InvalidWebhook,
    WebhooksNotConfigured,
    process_due_webhooks,
    process_webhook,
    receive_webhook,
)
from database.transactions import Busy
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

SECRET = "haat-simulator-webhook-secret"
DELIVERED = (Path(__file__).parents[1] / "data" / "payment_captured.json").read_bytes()


def sign(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def write(name: str = "payment.captured", **payload: Any) -> bytes:
    return json.dumps({"entity": "event", "event": name, "payload": payload}).encode()


def receive(body: bytes, *, event_id: str | None = "evt_1", **changed: Any) -> None:
    receive_webhook(**{"body": body, "signature": sign(body), "event_id": event_id, **changed})


def process(body: bytes) -> tuple[str, str]:
    """Receive and process an event; its status and the reason, where it is parked."""
    receive(body)
    process_webhook(event_id="evt_1")
    event = WebhookEvent.objects.get(event_id="evt_1")
    assert (event.processed_at is None) == (event.status == "received")
    return event.status, event.why


def report(payment_id: str, name: str = "payment.captured") -> bytes:
    return write(name, payment={"entity": {"id": payment_id}})


def open_window(order: Order) -> str:
    return open_payment(order_id=order.pk, now=order.placed_at).intent.razorpay_order_id


# Receiving


def test_event_with_a_good_signature_is_stored():
    body = report("pay_1")
    receive(body)
    event = WebhookEvent.objects.get()
    assert (event.event_id, event.name, event.body) == ("evt_1", "payment.captured", body.decode())
    assert (event.status, event.why, event.processed_at) == ("received", "", None)
    assert str(event) == "payment.captured evt_1"


def test_event_of_the_documentation_has_the_documented_signature(settings):
    settings.RAZORPAY_WEBHOOK_SECRETS = ["demo_webhook_secret_01"]
    signature = "46b32538cbf91ed0d476f56a9fa1fc553e4226fe073de1222d3959ffcc5104f3"
    assert len(DELIVERED) == 928
    receive_webhook(body=DELIVERED, signature=signature, event_id="Q7m4TgHj2Kl9Zx")
    event = WebhookEvent.objects.get()
    assert (event.event_id, event.name) == ("Q7m4TgHj2Kl9Zx", "payment.captured")
    assert event.body.encode() == DELIVERED


def test_event_delivered_again_is_stored_once():
    for _ in range(3):
        receive(report("pay_1"))
    receive(report("pay_other"))  # the id decides, and the first body stays
    assert json.loads(WebhookEvent.objects.get().body)["payload"]["payment"]["entity"]["id"] == "pay_1"


def test_event_is_processed_after_the_commit(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive(report("pay_1"))
    assert broker.sent == [("checkout.payments.process_webhook", ["evt_1"])]


@pytest.mark.parametrize("event_id", [None, ""])
def test_event_without_an_id_is_known_by_its_body(event_id):
    for body in (report("pay_1"), report("pay_1"), report("pay_2")):
        receive(body, event_id=event_id)
    expected = {hashlib.sha256(report(payment_id)).hexdigest() for payment_id in ("pay_1", "pay_2")}
    assert set(WebhookEvent.objects.values_list("event_id", flat=True)) == expected


def test_long_names_and_ids_are_cut_to_their_columns():
    receive(write("payment." + "x" * 100), event_id="e" * 100)
    assert WebhookEvent.objects.values_list("event_id", "name").get() == ("e" * 64, "payment." + "x" * 52)


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "0" * 64,
        sign(report("pay_1"), "another secret"),
        sign(report("pay_2")),
        "é" * 64,
        "\udc80",
        sign(report("pay_1")).upper(),
        sign(report("pay_1")) + " ",
    ],
)
def test_event_without_its_good_signature_changes_nothing(signature):
    with pytest.raises(InvalidWebhook, match="Invalid signature"):
        receive(report("pay_1"), signature=signature)
    assert WebhookEvent.objects.count() == 0


def test_signature_covers_the_bytes_and_not_their_meaning():
    body = report("pay_1")
    same = json.dumps(json.loads(body), indent=1).encode()
    with pytest.raises(InvalidWebhook):
        receive(same, signature=sign(body))


def test_event_in_another_alphabet_is_stored_as_it_came():
    body = json.dumps(
        {"event": "payment.captured", "payload": {"note": "दीया 🪔"}}, ensure_ascii=False
    ).encode()
    receive(body)
    assert WebhookEvent.objects.get().body == body.decode()


@pytest.mark.parametrize("secret", ["new", "old"])
def test_old_secret_is_good_while_it_is_listed(settings, secret):
    settings.RAZORPAY_WEBHOOK_SECRETS = ["new", "old"]
    body = report("pay_1")
    receive(body, signature=sign(body, secret))
    assert WebhookEvent.objects.count() == 1


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"7", b"null", b"{}", b'"event"', b"\xff\xfe"])
def test_signed_body_that_is_no_event_is_refused(body):
    with pytest.raises(InvalidWebhook):
        receive(body)
    assert WebhookEvent.objects.count() == 0


def test_no_event_is_trusted_without_a_secret(settings):
    settings.RAZORPAY_WEBHOOK_SECRETS = []
    body = report("pay_1")
    with pytest.raises(WebhooksNotConfigured):
        receive(body, signature=sign(body, ""))
    assert WebhookEvent.objects.count() == 0


# Processing


@pytest.mark.parametrize("name", ["payment.authorized", "payment.captured", "order.paid"])
def test_event_about_money_pays_the_order(simulator, pay, name):
    order = make_order()
    paid = pay(open_window(order))
    assert process(report(paid["payment_id"], name)) == ("processed", "")
    assert Order.objects.get(pk=order.pk).status == "paid"
    assert Payment.objects.get().effect == "applied"


def test_all_events_of_one_payment_pay_once(simulator, pay):
    order = make_order()
    paid = pay(open_window(order))
    for number, name in enumerate(("order.paid", "payment.captured", "payment.authorized", "payment.failed")):
        receive(report(paid["payment_id"], name), event_id=f"evt_{number}")
        process_webhook(event_id=f"evt_{number}")
    assert (Payment.objects.count(), Refund.objects.count(), order.transitions.count()) == (1, 0, 2)
    assert set(WebhookEvent.objects.values_list("status", flat=True)) == {"processed"}


def test_payload_is_not_believed_about_the_amount(simulator, pay):
    order = make_order()
    paid = pay(open_window(order))
    lie = {"id": paid["payment_id"], "amount": 1, "status": "failed", "order_id": "order_other"}
    assert process(write("payment.failed", payment={"entity": lie})) == ("processed", "")
    assert Payment.objects.get().amount == order.total


def test_processed_event_is_not_processed_again(simulator, pay):
    paid = pay(open_window(make_order()))
    process(report(paid["payment_id"]))
    at = WebhookEvent.objects.get().processed_at
    process_webhook(event_id="evt_1")
    assert WebhookEvent.objects.get().processed_at == at
    process_webhook(event_id="evt_unknown")


def test_payment_of_another_shop_is_parked(simulator, pay):
    paid = pay(simulator.create_order(11000))
    assert process(report(paid["payment_id"])) == (
        "parked",
        f"No order here waits for payment {paid['payment_id']}.",
    )


def test_payment_that_the_gateway_does_not_know_is_parked(simulator):
    status, why = process(report("pay_ABCDEFGHIJKLMN"))
    assert status == "parked"
    assert why != ""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            write("payment.dispute.created", dispute={"entity": {}}),
            "The event could not be read: KeyError('created_at')",
        ),
        (write("virtual_account.credited", virtual_account={}), "An event this shop has no use for."),
        (b'{"event": "ping"}', "An event this shop has no use for."),
        (b'{"event": "ping", "payload": null}', "An event this shop has no use for."),
        (
            b'{"event": "payment.captured", "payload": {"payment": {}}}',
            "The event could not be read: KeyError('entity')",
        ),
        (
            b'{"event": "refund.processed", "payload": {"refund": {"entity": {}}}}',
            "The event could not be read: KeyError('id')",
        ),
    ],
)
def test_event_of_no_use_is_parked_with_the_reason(body, why):
    assert process(body) == ("parked", why)


@pytest.mark.parametrize("payload", ['["payment"]', '{"payment": 7}', '{"payment": {"entity": "x"}}'])
def test_malformed_event_is_parked(payload):
    status, why = process(f'{{"event": "payment.captured", "payload": {payload}}}'.encode())
    assert status == "parked"
    assert why.startswith(("The event could not be read:", "An event this shop has no use for."))


def test_event_waits_while_the_gateway_is_away_and_is_swept_later(simulator, settings, pay):
    order = make_order()
    paid = pay(open_window(order))
    settings.RAZORPAY_API_URL = "http://127.0.0.1:9"
    receive(report(paid["payment_id"]))
    process_webhook(event_id="evt_1")
    assert WebhookEvent.objects.values_list("status", "why", "attempts").get() == ("received", "", 1)
    settings.RAZORPAY_API_URL = simulator.url
    process_due_webhooks(now=timezone.now())
    assert WebhookEvent.objects.get().status == "received"  # it waits its turn
    process_due_webhooks(now=timezone.now() + timedelta(seconds=16))
    assert WebhookEvent.objects.get().status == "processed"
    assert Order.objects.get(pk=order.pk).status == "paid"


# Refunds


def refund_at_gateway(order: Order, pay) -> Refund:
    payment = apply_payment(razorpay_payment_id=pay(open_window(order))["payment_id"])
    refund = request_refund(payment=payment, amount=payment.amount, reason="Came broken")
    send_refund(refund_id=refund.pk)
    refund.refresh_from_db()
    return refund


@pytest.mark.parametrize("known_by", ["id", "receipt"])
def test_event_about_a_refund_settles_it(simulator, pay, known_by):
    refund = refund_at_gateway(make_order(), pay)
    razorpay_refund_id = refund.razorpay_refund_id
    Refund.objects.update(
        status="pending", razorpay_refund_id=razorpay_refund_id if known_by == "id" else None
    )
    entity = {"id": razorpay_refund_id, "receipt": refund.key, "status": "failed"}
    body = write("refund.processed", refund={"entity": entity}, payment={"entity": {"id": "pay_x"}})
    assert process(body) == ("processed", "")
    saved = Refund.objects.get()
    assert (saved.status, saved.razorpay_refund_id) == ("processed", razorpay_refund_id)


def test_refund_that_comes_before_its_payment_waits_for_nothing(simulator, pay):
    order = make_order()
    payment_id = pay(open_window(order))["payment_id"]
    made = simulator.post(f"/payments/{payment_id}/refund", {"amount": 1000})
    assert process(write("refund.processed", refund={"entity": made})) == ("processed", "")
    refund = Refund.objects.get()
    assert (refund.payment.provider_id, refund.payment.effect, refund.amount) == (payment_id, "applied", 10)


def test_refund_of_another_shops_payment_is_parked(simulator, pay):
    payment_id = pay(simulator.create_order(5000))["payment_id"]
    made = simulator.post(f"/payments/{payment_id}/refund", {"amount": 1000})
    status, why = process(write("refund.processed", refund={"entity": made}))
    assert (status, why) == ("parked", f"No order here waits for payment {payment_id}.")
    assert Refund.objects.count() == 0


def test_refund_made_at_razorpays_dashboard_is_taken_into_the_books(simulator, pay):
    payment = apply_payment(razorpay_payment_id=pay(open_window(make_order()))["payment_id"])
    made = simulator.post(f"/payments/{payment.provider_id}/refund", {"amount": 1000})
    body = write("refund.processed", refund={"entity": made})
    assert process(body) == ("processed", "")
    refund = Refund.objects.get()
    assert (refund.razorpay_refund_id, refund.amount, refund.payment) == (made["id"], 10, payment)


# Disputes


def contest(payment_id: str) -> bytes:
    entity = {"id": "disp_1", "payment_id": payment_id, "amount": 11000, "currency": "INR", "status": "open"}
    body = json.loads(write("payment.dispute.created", payment={}, dispute={"entity": entity}))
    return json.dumps({**body, "created_at": 1795772020}).encode()


def test_dispute_is_recorded_even_where_its_payment_is_news(simulator, pay):
    payment_id = pay(open_window(make_order()))["payment_id"]
    assert process(contest(payment_id)) == ("processed", "")
    assert Dispute.objects.get().payment == Payment.objects.get(provider_id=payment_id, effect="applied")


def test_dispute_of_another_shops_payment_is_parked(simulator, pay):
    paid = pay(simulator.create_order(11000))
    status, why = process(contest(paid["payment_id"]))
    assert (status, why) == ("parked", f"No order here waits for payment {paid['payment_id']}.")
    assert Dispute.objects.count() == 0


def test_event_whose_processing_breaks_waits_its_turn(simulator, monkeypatch):
    def fail(event):
        raise Busy

    monkeypatch.setattr(webhooks, "act_on_event", fail)
    receive(report("pay_1"))
    process_due_webhooks(now=timezone.now() + timedelta(seconds=16))
    event = WebhookEvent.objects.get()
    assert (event.status, event.attempts) == ("received", 1)
    assert event.next_try_at > timezone.now()
