"""The vectors are those of Razorpay's own documentation and SDK."""

import hashlib

from simulators.razorpay.signatures import sign_payment, sign_webhook
from simulators.razorpay.webhooks import encode_event

CAPTURED = {
    "entity": "event",
    "account_id": "acc_Q7kAccount0001",
    "event": "payment.captured",
    "contains": ["payment"],
    "payload": {
        "payment": {
            "entity": {
                "id": "pay_Q7m4R1cVd8Yz0K",
                "entity": "payment",
                "amount": 129900,
                "currency": "INR",
                "status": "captured",
                "order_id": "order_Q7m3XkT9aLw2Bn",
                "invoice_id": None,
                "international": False,
                "method": "upi",
                "amount_refunded": 0,
                "refund_status": None,
                "captured": True,
                "description": "Order SO-1042",
                "card_id": None,
                "bank": None,
                "wallet": None,
                "vpa": "success@razorpay",
                "email": "asha@example.com",
                "contact": "+919000090000",
                "notes": {"store_order": "SO-1042", "attempt": "1"},
                "fee": 3066,
                "tax": 468,
                "error_code": None,
                "error_description": None,
                "error_source": None,
                "error_step": None,
                "error_reason": None,
                "acquirer_data": {
                    "rrn": "518157940107",
                    "upi_transaction_id": "769056DE92740598178DCCA92E2B6A54",
                },
                "created_at": 1795340041,
                "upi": {"vpa": "success@razorpay", "flow": "collect"},
                "base_amount": 129900,
                "reward": None,
            }
        }
    },
    "created_at": 1795340045,
}


def test_sign_payment() -> None:
    assert sign_payment("demo_key_secret_01", "order_Q7m3XkT9aLw2Bn", "pay_Q7m4R1cVd8Yz0K") == (
        "5633e7919b9eb5fd55b8a4ce59326dbe14993d4847392d3dcc1766e9191b9a8b"
    )


def test_sign_webhook_over_the_encoded_event() -> None:
    body = encode_event(CAPTURED)

    assert len(body) == 928
    assert sign_webhook("demo_webhook_secret_01", body) == (
        "46b32538cbf91ed0d476f56a9fa1fc553e4226fe073de1222d3959ffcc5104f3"
    )


def test_encoded_event_keeps_letters_of_every_alphabet() -> None:
    assert encode_event({"b": "कुर्ता", "a": 1}, sort_keys=True) == '{"a":1,"b":"कुर्ता"}'.encode()
    assert hashlib.sha256(encode_event({})).hexdigest() == hashlib.sha256(b"{}").hexdigest()
