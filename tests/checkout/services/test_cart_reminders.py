import uuid
from datetime import UTC, datetime, timedelta

import pytest

from checkout.mail_content import link_to_cart
from checkout.models import Cart, CartReminder
from checkout.services.cart_reminders import is_still_left, remind_of_carts, request_cart_reminder
from checkout.services.carts import CartNotFound, add_to_cart, create_cart
from notifications.enums import ConsentTopic
from notifications.models import Consent, MarketingSettings, OutgoingEmail
from notifications.services.consents import give_consent, withdraw_consent
from tests.factories.catalogue import make_item
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # noon in India


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


def leave_cart(*, hours: float = 4, customer=None) -> Cart:
    """A full cart that nobody has touched for so long."""
    cart = Cart.objects.create(customer=customer) if customer else create_cart()
    add_to_cart(
        cart_id=cart.pk,
        product_id=make_item(title="Brass lamp").pk,
        quantity=2,
        customer_id=customer.pk if customer else None,
    )
    Cart.objects.filter(pk=cart.pk).update(updated_at=NOW - timedelta(hours=hours))
    return cart


def test_guest_is_reminded_once_of_a_cart_that_was_left():
    cart = leave_cart()
    ask(cart.pk)
    assert [remind_of_carts(now=NOW) for _ in range(2)] == [1, 0]
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.kind, mail.about) == ("asha@example.com", "cart_reminder", f"cart:{cart.pk}")
    for text in (mail.text, mail.html):
        assert "2 × Brass lamp" in text
        assert "₹220" in text
        assert link_to_cart(cart.pk) in text
        assert f"/mail/unsubscribe/{mail.consent.token}/" in text
    assert CartReminder.objects.get().mailed_at == NOW


def test_customer_who_agreed_is_reminded_and_others_are_not():
    asha, ravi = make_customer(), make_customer()
    give_consent(email=asha.user.email, topic=ConsentTopic.CART, source="account", wording="w", at=NOW)
    leave_cart(customer=asha)
    leave_cart(customer=ravi)
    leave_cart()
    assert remind_of_carts(now=NOW) == 1
    assert OutgoingEmail.objects.get().to == asha.user.email


@pytest.mark.parametrize(("hours", "count"), [(2.9, 0), (3.1, 1), (24 * 7 - 1, 1), (24 * 7 + 1, 0)])
def test_cart_is_due_from_the_delay_on_until_it_is_cleaned_away(hours, count):
    ask(leave_cart(hours=hours).pk)
    assert remind_of_carts(now=NOW) == count


@pytest.mark.parametrize(("hour", "count"), [(8, 0), (9, 1), (19, 1), (20, 0), (2, 0)])
def test_nobody_is_reminded_at_night(hour, count):
    ask(leave_cart().pk)
    at = NOW.replace(hour=0, minute=0) + timedelta(hours=hour) - timedelta(hours=5, minutes=30)
    Cart.objects.update(updated_at=at - timedelta(hours=5))
    assert remind_of_carts(now=at) == count


def test_address_hears_once_in_the_days_that_editors_set():
    for _ in range(2):
        ask(leave_cart().pk)
    assert remind_of_carts(now=NOW) == 1
    OutgoingEmail.objects.update(created_at=NOW - timedelta(hours=25))
    assert remind_of_carts(now=NOW) == 1


@pytest.mark.parametrize("why", ["withdrawn", "empty", "switched off"])
def test_cart_is_not_brought_to_mind(why):
    cart = leave_cart()
    ask(cart.pk)
    if why == "withdrawn":
        withdraw_consent(token=Consent.objects.get().token, how="link", at=NOW)
    elif why == "empty":
        cart.items.all().delete()
    else:
        wishes = MarketingSettings.load()
        wishes.reminds_of_carts = False
        wishes.save()
    assert remind_of_carts(now=NOW) == 0


def test_mail_about_a_cart_that_was_changed_or_ordered_does_not_leave():
    cart = leave_cart()
    ask(cart.pk)
    remind_of_carts(now=NOW)
    about = f"cart:{cart.pk}"
    assert is_still_left(about) is True
    cart.items.update(quantity=3)
    assert is_still_left(about) is False
    cart.items.update(quantity=2)
    Cart.objects.all().delete()
    assert is_still_left(about) is False


def test_due_carts_cost_the_same_for_one_and_for_three(count_queries):
    MarketingSettings.load()
    costs = []
    for count in (1, 2):
        for _ in range(count):
            leave_cart()
        with count_queries() as counted:
            remind_of_carts(now=NOW)
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_link_brings_a_guests_cart_back_with_what_lies_in_another(client):
    cart, other = leave_cart(), leave_cart()
    session = client.session
    session["cart_id"] = str(other.pk)
    session.save()
    path = link_to_cart(cart.pk).partition("/cart/")[2]
    assert client.get(f"/cart/{path}").headers["Location"] == "/cart/"
    assert client.session["cart_id"] == str(cart.pk)
    assert cart.items.count() == 2
    assert not Cart.objects.filter(pk=other.pk).exists()


def test_link_opens_no_customers_cart_and_none_that_is_gone(client):
    cart = leave_cart(customer=make_customer())
    path = link_to_cart(cart.pk).partition("/cart/")[2]
    assert client.get(f"/cart/{path}").headers["Location"] == "/accounts/login/?next=/cart/"
    Cart.objects.all().delete()
    page = client.get(f"/cart/{path}", follow=True).content.decode()
    assert "This cart is not there any more" in page
    assert client.get("/cart/restore/forged.x/").headers["Location"] == "/cart/"
    assert "cart_id" not in client.session
