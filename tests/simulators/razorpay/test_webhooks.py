import hashlib
import hmac
import re
from pathlib import Path

from simulators.razorpay.disputes import open_dispute
from simulators.razorpay.payments import authorize_payment, settle_payment
from simulators.razorpay.refunds import settle_refund
from tests.simulators.razorpay.stage import CARD, FAILING_UPI, WEBHOOK_SECRET, Shop, Stage, open_stage

WIRE_ONLY = {
    "account_id",
    "customer_id",
    "device_id",
    "fee_bearer",
    "gateway_merchant_id",
    "gateway_provider",
    "gateway_terminal_id",
    "internal_status",
    "optimizer_provider",
    "provider",
    "receiver_type",
    "settled_by",
    "source_channel",
    "store_id",
    "terminal_id",
    "token_id",
}


def sign(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_delivery_carries_the_documented_headers(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.pay(heard_stage.order(notes={"name": "आशा"}))
    delivery = shop.find("payment.captured")
    event_id = delivery.headers["X-Razorpay-Event-Id"]

    assert delivery.headers == {
        "Host": shop.url.split("/")[2],
        "Content-Length": str(len(delivery.body)),
        "Content-Type": "application/json",
        "User-Agent": "Razorpay-Webhook/v1",
        "Accept-Encoding": "gzip",
        "Request-Id": event_id,
        "X-Razorpay-Event-Id": event_id,
        "X-Razorpay-Signature": sign(WEBHOOK_SECRET, delivery.body),
    }
    assert re.fullmatch("[A-Za-z0-9]{14}", event_id)
    assert "आशा".encode() in delivery.body


def test_automatic_capture_sends_three_events(heard_stage: Stage, shop: Shop) -> None:
    order = heard_stage.order()
    payment = heard_stage.pay(order)
    shop.wait_for(3)
    authorized, captured, paid = (
        shop.find(name).event for name in ("payment.authorized", "payment.captured", "order.paid")
    )

    before = {**payment, "status": "authorized", "captured": False, "fee": None, "tax": None}
    assert authorized == {
        "entity": "event",
        "account_id": "acc_HaatSimulator0",
        "event": "payment.authorized",
        "contains": ["payment"],
        "payload": {"payment": {"entity": before}},
        "created_at": authorized["created_at"],
    }
    assert list(authorized) == ["entity", "account_id", "event", "contains", "payload", "created_at"]
    entity = captured["payload"]["payment"]["entity"]
    assert list(entity.items()) == [*payment.items(), ("base_amount", 129900), ("reward", None)]
    assert paid["contains"] == ["payment", "order"]
    assert paid["payload"]["payment"]["entity"] == {**payment, "reward": None}
    assert list(paid["payload"]["order"]["entity"].items()) == [
        *heard_stage.get(f"/orders/{order['id']}").items(),
        ("description", None),
        ("checkout", None),
    ]
    assert len({delivery.headers["Request-Id"] for delivery in shop.deliveries}) == 3


def test_card_payment_is_announced_with_its_card(heard_stage: Stage, shop: Shop) -> None:
    payment = heard_stage.pay(heard_stage.order(), CARD)
    entity = shop.find("payment.captured").event["payload"]["payment"]["entity"]

    assert entity["card"] == heard_stage.get(f"/payments/{payment['id']}/card")
    assert entity["card"]["id"] == payment["card_id"]


def test_failed_payment_sends_one_event(heard_stage: Stage, shop: Shop) -> None:
    payment = heard_stage.pay(heard_stage.order(), FAILING_UPI)
    delivery = shop.wait_for(1)[0]

    assert delivery.name == "payment.failed"
    assert delivery.event["payload"] == {"payment": {"entity": payment}}


def test_manual_capture_sends_its_events_when_it_happens(heard_stage: Stage, shop: Shop) -> None:
    payment = heard_stage.authorized()
    assert [delivery.name for delivery in shop.wait_for(1)] == ["payment.authorized"]

    heard_stage.post(f"/payments/{payment['id']}/capture", {"amount": 129900, "currency": "INR"})
    assert {delivery.name for delivery in shop.wait_for(3)[1:]} == {"payment.captured", "order.paid"}


def test_second_capture_of_one_order_announces_itself_but_no_second_paid_order(
    heard_stage: Stage, shop: Shop
) -> None:
    order = heard_stage.order()
    late = heard_stage.pay(order, FAILING_UPI)
    heard_stage.pay(order)
    shop.wait_for(4)
    with heard_stage.simulator.store.write() as transaction:
        settle_payment(transaction, authorize_payment(transaction, late["id"]))

    with heard_stage.simulator.store.read() as transaction:
        events = transaction.find_all("SELECT name FROM events ORDER BY sequence")
    after = heard_stage.get(f"/orders/{order['id']}")
    assert [event["name"] for event in events] == [
        "payment.failed",
        "payment.authorized",
        "payment.captured",
        "order.paid",
        "payment.authorized",
        "payment.captured",
    ]
    assert (after["amount_paid"], after["amount_due"], after["status"]) == (129900, 0, "paid")


def test_refund_sends_created_and_processed_sorted_by_key(heard_stage: Stage, shop: Shop) -> None:
    payment = heard_stage.captured()
    refund = heard_stage.post(f"/payments/{payment['id']}/refund")
    after = heard_stage.get(f"/payments/{payment['id']}")

    for name in ("refund.created", "refund.processed"):
        event = shop.find(name).event
        entity = event["payload"]["payment"]["entity"]
        assert event["contains"] == ["refund", "payment"]
        assert event["payload"]["refund"]["entity"] == refund
        assert list(event) == sorted(event)
        assert list(entity) == sorted(entity)
        assert set(entity) - set(after) == WIRE_ONLY | {"base_amount", "amount_transferred"}
        assert {key: entity[key] for key in after} == after
        assert (entity["status"], entity["base_amount"], entity["amount_transferred"]) == (
            "refunded",
            129900,
            0,
        )


def test_failed_refund_is_announced_with_the_amount_rolled_back(tmp_path: Path, shop: Shop) -> None:
    with open_stage(tmp_path, webhook_urls=(shop.url,), refund_seconds=3600) as stage:
        refund = stage.post(f"/payments/{stage.captured()['id']}/refund")
        with stage.simulator.store.write() as transaction:
            settle_refund(transaction, refund["id"], succeeds=False)
        payload = shop.find("refund.failed").event["payload"]

    assert payload["refund"]["entity"]["status"] == "failed"
    assert payload["payment"]["entity"]["amount_refunded"] == 0
    assert payload["payment"]["entity"]["status"] == "captured"


def test_dispute_is_announced_and_listed(heard_stage: Stage, shop: Shop) -> None:
    payment = heard_stage.captured()
    with heard_stage.simulator.store.write() as transaction:
        dispute_id = open_dispute(transaction, payment["id"])["id"]
    dispute = heard_stage.get(f"/disputes/{dispute_id}")
    event = shop.find("payment.dispute.created").event

    assert event["contains"] == ["payment", "dispute"]
    assert event["payload"]["dispute"]["entity"] == dispute
    assert heard_stage.get("/disputes")["items"] == [dispute]
    assert (dispute["amount"], dispute["amount_deducted"], dispute["status"], dispute["phase"]) == (
        129900,
        0,
        "open",
        "chargeback",
    )
    assert dispute["evidence"]["amount"] == 129900
    assert len(dispute["evidence"]) == 14


def test_first_of_several_secrets_signs(tmp_path: Path, shop: Shop) -> None:
    with open_stage(tmp_path, webhook_urls=(shop.url,), webhook_secrets=("new", "old")) as stage:
        stage.captured()
        delivery = shop.find("order.paid")

    assert delivery.headers["X-Razorpay-Signature"] == sign("new", delivery.body)


def test_every_address_hears_the_same_event(tmp_path: Path, shop: Shop) -> None:
    with open_stage(tmp_path, webhook_urls=(shop.url, f"{shop.url}?second=1")) as stage:
        stage.pay(stage.order(), FAILING_UPI)
        first, second = shop.wait_for(2)

    assert first.body == second.body
    assert first.headers["X-Razorpay-Event-Id"] == second.headers["X-Razorpay-Event-Id"]
