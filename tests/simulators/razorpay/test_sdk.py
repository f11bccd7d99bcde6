"""Razorpay's own Python SDK against the simulator."""

import pytest
import razorpay
from razorpay.errors import BadRequestError, SignatureVerificationError

from tests.simulators.razorpay.stage import KEY_ID, KEY_SECRET, WEBHOOK_SECRET, Shop, Stage


def build_client(stage: Stage, secret: str = KEY_SECRET) -> razorpay.Client:
    return razorpay.Client(auth=(KEY_ID, secret), base_url=stage.url)


def test_order_and_payment_through_the_sdk(stage: Stage) -> None:
    client = build_client(stage)
    order = client.order.create({"amount": 129900, "currency": "INR", "receipt": "SO-1", "notes": {"a": "é"}})
    payment = stage.pay(order)

    assert client.order.fetch(order["id"])["status"] == "paid"
    assert client.order.all({"receipt": "SO-1"})["count"] == 1
    assert client.order.payments(order["id"])["items"] == [payment]
    assert client.order.edit(order["id"], {"notes": {"b": "c"}})["notes"] == {"b": "c"}
    assert client.payment.fetch(payment["id"]) == payment
    assert client.payment.all({"count": 1})["items"] == [payment]


def test_capture_through_the_sdk(stage: Stage) -> None:
    client, payment = build_client(stage), stage.authorized()

    assert client.payment.capture(payment["id"], 129900, {"currency": "INR"})["status"] == "captured"
    with pytest.raises(BadRequestError, match="This payment has already been captured"):
        client.payment.capture(payment["id"], 129900, {"currency": "INR"})


def test_refund_through_the_sdk(stage: Stage) -> None:
    client, payment = build_client(stage), stage.captured()
    refunds = [
        client.payment.refund(
            payment["id"], {"amount": 500}, headers={"X-Refund-Idempotency": "store-refund-1"}
        )
        for _ in range(2)
    ]

    assert refunds[0] == refunds[1] == client.refund.fetch(refunds[0]["id"])
    assert client.payment.fetch_multiple_refund(payment["id"])["items"] == [refunds[0]]
    assert client.payment.fetch_refund_id(payment["id"], refunds[0]["id"]) == refunds[0]
    assert client.refund.edit(refunds[0]["id"], {"notes": {"a": "b"}})["notes"] == {"a": "b"}


def test_wrong_secret_through_the_sdk(stage: Stage) -> None:
    with pytest.raises(BadRequestError, match="Authentication failed"):
        build_client(stage, "wrong").order.all()


def test_payment_signature_verifies_with_the_sdk(stage: Stage) -> None:
    client = build_client(stage)
    response = stage.start(stage.order(), {"method": "upi", "vpa": "success@razorpay"})["response"]

    assert client.utility.verify_payment_signature(response) is True
    with pytest.raises(SignatureVerificationError):
        client.utility.verify_payment_signature({**response, "razorpay_order_id": "order_Q7m3XkT9aLw2Bn"})


def test_webhook_signature_verifies_with_the_sdk(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.pay(heard_stage.order(notes={"name": "आशा"}))
    delivery = shop.find("order.paid")
    signature = delivery.headers["X-Razorpay-Signature"]
    verify = build_client(heard_stage).utility.verify_webhook_signature

    assert verify(delivery.body.decode(), signature, WEBHOOK_SECRET) is True
    with pytest.raises(SignatureVerificationError):
        verify(delivery.body.decode() + " ", signature, WEBHOOK_SECRET)
