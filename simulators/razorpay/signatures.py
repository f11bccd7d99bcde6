"""Razorpay's two signatures: over a finished payment, and over a webhook's raw body."""

import hashlib
import hmac


def sign_payment(key_secret: str, order_id: str, payment_id: str) -> str:
    return _sign(key_secret, f"{order_id}|{payment_id}".encode())


def sign_webhook(webhook_secret: str, body: bytes) -> str:
    return _sign(webhook_secret, body)


def _sign(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
