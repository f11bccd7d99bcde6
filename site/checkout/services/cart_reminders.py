"""A full cart that was left is brought to mind by one mail, if its owner agreed to that."""

import uuid
from datetime import datetime

from django.utils import timezone

from checkout.models import Cart, CartReminder
from checkout.services.carts import CartNotFound
from database.transactions import entry_service
from notifications.enums import ConsentTopic
from notifications.services.consents import give_consent


@entry_service
def request_cart_reminder(
    *,
    cart_id: uuid.UUID,
    email: str,
    source: str,
    wording: str,
    customer_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """A shopper ticked that we may remind them of this cart (and, signed in, of later ones).

    `source` says where, `wording` is the very sentence beside the box: both are kept as the consent.
    Raises `CartNotFound`.
    """
    at = at or timezone.now()
    if not Cart.objects.reachable_by(customer_id).filter(pk=cart_id).exists():
        raise CartNotFound
    consent = give_consent(email=email, topic=ConsentTopic.CART, source=source, wording=wording, at=at)
    reminder = CartReminder(cart_id=cart_id, consent=consent, asked_at=at)
    CartReminder.objects.bulk_create([reminder], ignore_conflicts=True)
    CartReminder.objects.filter(cart_id=cart_id, mailed_at=None).update(consent=consent)
