import uuid

import pytest
from django.utils import timezone

from checkout.models import CartReminder
from checkout.services.cart_reminders import request_cart_reminder
from checkout.services.carts import CartNotFound, create_cart
from notifications.models import Consent

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ask(cart_id, email="Asha@example.com") -> None:
    request_cart_reminder(
        cart_id=cart_id, email=email, source="checkout", wording="Remind me of my cart.", at=NOW
    )


def test_wish_to_be_reminded_is_written_once_for_a_cart_with_its_consent():
    cart = create_cart()
    ask(cart.pk)
    ask(cart.pk, "ravi@example.com")
    reminder = CartReminder.objects.get()
    assert (reminder.cart_id, reminder.consent.address, reminder.mailed_at) == (
        cart.pk,
        "ravi@example.com",
        None,
    )
    assert list(Consent.objects.order_by("pk").values_list("address", "topic", "confirmed_at")) == [
        ("asha@example.com", "cart", NOW),
        ("ravi@example.com", "cart", NOW),
    ]


def test_reminder_of_no_cart_is_refused():
    with pytest.raises(CartNotFound):
        ask(uuid.uuid4())
    assert not Consent.objects.exists()
