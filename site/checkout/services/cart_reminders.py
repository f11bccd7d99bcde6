"""A full cart that was left is brought to mind by one mail, if its owner agreed to that."""

import uuid
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from checkout.mail_content import describe_cart
from checkout.models import Cart, CartItem, CartReminder
from checkout.services.carts import ABANDONED_AFTER, CartNotFound
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service
from notifications.enums import ConsentTopic
from notifications.models import Consent, MarketingSettings
from notifications.services.consents import find_standing, give_consent
from notifications.services.marketing import find_opening, queue_marketing_mail

CART = "cart:"


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


def remind_of_carts(*, now: datetime) -> int:
    """Mail the owners of full carts that nobody has changed for the delay that editors set. Returns how many."""
    wishes = MarketingSettings.load()
    if not wishes.reminds_of_carts or find_opening(now, wishes):
        return 0
    due = find_due_carts(now, delay=timedelta(minutes=wishes.cart_delay_minutes))
    ids = due.order_by("updated_at").values_list("pk", flat=True)[:SWEEP_SIZE]
    return sweep(lambda cart_id: remind_of_cart(cart_id=cart_id, now=now), ids)


def find_due_carts(now: datetime, *, delay: timedelta) -> QuerySet[Cart]:
    """Left, full, not yet brought to mind, and of somebody who agreed to it."""
    reminders = CartReminder.objects.filter(cart_id=OuterRef("pk"))
    agreed = Consent.objects.given().filter(topic=ConsentTopic.CART)
    asked = Exists(reminders.filter(consent__in=agreed))
    customers = Exists(agreed.filter(address=OuterRef("customer__user__email_key")))
    left = Cart.objects.filter(updated_at__lte=now - delay, updated_at__gt=now - ABANDONED_AFTER)
    full = left.filter(Exists(CartItem.objects.filter(cart=OuterRef("pk"))))
    return full.filter(asked | customers).exclude(Exists(reminders.filter(mailed_at__isnull=False)))


@entry_service
def remind_of_cart(*, cart_id: uuid.UUID, now: datetime) -> bool:
    """Queue the mail about one cart, once. False where it may not be sent now, or is not wanted any more."""
    # The lock of adds and orders: the mail is about the cart as it stands.
    delay = timedelta(minutes=MarketingSettings.load().cart_delay_minutes)
    if not Cart.objects.select_for_update().filter(pk=cart_id).exists():
        return False
    cart = find_due_carts(now, delay=delay).filter(pk=cart_id).select_related("customer__user").first()
    consent = find_consent(cart) if cart else None
    if cart is None or consent is None:
        return False
    content = describe_cart(cart)
    queued = queue_marketing_mail(
        kind="cart_reminder",
        purpose=f"cart-reminder:{cart.pk}",
        consent=consent,
        values=content.values,
        context=content.context,
        about=f"{CART}{cart.pk}",
        now=now,
    )
    if queued:
        row = {"consent": consent, "mailed_at": now, "contents": fingerprint(cart.pk)}
        CartReminder.objects.update_or_create(cart_id=cart.pk, defaults=row)
    return queued


def find_consent(cart: Cart) -> Consent | None:
    """The customer's own, else that of the guest who asked for it."""
    if cart.customer:
        return find_standing(address=cart.customer.user.email, topic=ConsentTopic.CART)
    return (
        Consent.objects.given()
        .filter(pk__in=CartReminder.objects.filter(cart_id=cart.pk).values("consent"))
        .first()
    )


def fingerprint(cart_id: uuid.UUID) -> str:
    """Tells what lies in a cart from what lay in it."""
    lines = (
        CartItem.objects.filter(cart_id=cart_id).order_by("product_id").values_list("product_id", "quantity")
    )
    return sha256(repr(list(lines)).encode()).hexdigest()


def is_still_left(about: str) -> bool:
    """Whether a cart is still as its mail says: neither ordered nor changed."""
    cart_id = uuid.UUID(about.removeprefix(CART))
    reminder = CartReminder.objects.filter(cart_id=cart_id).first()
    exists = Cart.objects.filter(pk=cart_id).exists()
    return exists and reminder is not None and reminder.contents == fingerprint(cart_id)
