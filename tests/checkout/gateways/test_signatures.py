import hmac

import pytest

from checkout.gateways.signatures import is_payment_signature_valid, is_webhook_signature_valid

VECTOR = {"razorpay_order_id": "order_Q7m3XkT9aLw2Bn", "payment_id": "pay_Q7m4R1cVd8Yz0K"}
SIGNATURE = "5633e7919b9eb5fd55b8a4ce59326dbe14993d4847392d3dcc1766e9191b9a8b"


def test_payment_signature_of_the_documentation_is_valid(settings):
    settings.RAZORPAY_KEY_SECRET = "demo_key_secret_01"
    assert is_payment_signature_valid(**VECTOR, signature=SIGNATURE)


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": SIGNATURE.upper()},
        {"signature": ""},
        {"signature": SIGNATURE[:-1]},
        {"signature": "é"},
        {"payment_id": "pay_other"},
        {"razorpay_order_id": "order_other"},
    ],
)
def test_payment_signature_of_anything_else_is_not(settings, changed):
    settings.RAZORPAY_KEY_SECRET = "demo_key_secret_01"
    assert not is_payment_signature_valid(**{**VECTOR, "signature": SIGNATURE, **changed})


def test_payment_signature_needs_the_secret(settings):
    settings.RAZORPAY_KEY_SECRET = "another"
    assert not is_payment_signature_valid(**VECTOR, signature=SIGNATURE)


@pytest.mark.parametrize("secrets", [[], ["another"]])
def test_webhook_signature_needs_a_listed_secret(settings, secrets):
    settings.RAZORPAY_WEBHOOK_SECRETS = secrets
    body = b"{}"
    for secret in ("", "demo"):
        signature = hmac.new(secret.encode(), body, "sha256").hexdigest()
        assert not is_webhook_signature_valid(body=body, signature=signature)
