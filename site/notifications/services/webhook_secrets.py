"""The secrets that endpoints share with us, and what is signed with them.

None is stored: each is made of a salt and the shop's own key, so whoever reads the database cannot sign. A new
`SECRET_KEY` therefore makes new secrets, too.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.conf import settings

from database.transactions import entry_service
from notifications.models import WebhookEndpoint
from notifications.models.webhook import make_salt

# For so long after a rotation calls are signed with both secrets.
OVERLAP = timedelta(days=1)


def make_secret(salt: str) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"haat.webhooks:{salt}".encode(), "sha256")
    return "whsec_" + urlsafe_b64encode(digest).rstrip(b"=").decode()


def find_secrets(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    """The secret in force; after a rotation also the one before, for `OVERLAP`."""
    salts = [endpoint.salt]
    if endpoint.previous_until is not None and now < endpoint.previous_until:
        salts.append(endpoint.previous_salt)
    return [make_secret(salt) for salt in salts]


def sign(body: bytes, *, secrets: list[str], at: datetime) -> str:
    """`t=<seconds>,v1=<hex>`: HMAC-SHA256 over the seconds, a full stop and the body, a `v1` for each secret."""
    seconds = int(at.timestamp())
    signed = f"{seconds}.".encode() + body
    parts = [f"v1={hmac.digest(secret.encode(), signed, 'sha256').hex()}" for secret in secrets]
    return ",".join([f"t={seconds}", *parts])


@entry_service
def rotate_secret(*, endpoint_id: int, now: datetime) -> None:
    """Give the endpoint a new secret; the old one signs beside it for `OVERLAP`.

    Raises `WebhookEndpoint.DoesNotExist`.
    """
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        salt=make_salt(), previous_salt=endpoint.salt, previous_until=now + OVERLAP
    )
