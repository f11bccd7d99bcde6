"""Razorpay's signatures, checked by ourselves: the SDK's own check raises on what anybody may send."""

import hmac

from django.conf import settings


def is_payment_signature_valid(*, razorpay_order_id: str, payment_id: str, signature: str) -> bool:
    """Whether the payment window's answer is genuine. `razorpay_order_id` is the one stored, not the one sent."""
    message = f"{razorpay_order_id}|{payment_id}".encode()
    return matches_signature(message, signature, settings.RAZORPAY_KEY_SECRET)


def is_webhook_signature_valid(*, body: bytes, signature: str | None) -> bool:
    """Whether the raw body was signed with one of the secrets; old ones stay valid while they are listed."""
    return any(
        matches_signature(body, signature or "", secret) for secret in settings.RAZORPAY_WEBHOOK_SECRETS
    )


def matches_signature(message: bytes, signature: str, secret: str) -> bool:
    # Encoded before comparing: compare_digest raises on non-ASCII text, which anybody may send.
    expected = hmac.new(secret.encode(), message, "sha256").hexdigest().encode()
    return hmac.compare_digest(expected, signature.encode("utf-8", "replace"))
