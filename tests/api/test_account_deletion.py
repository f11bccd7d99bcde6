"""DELETE /auth/users/me/: what orders must keep is anonymised, the rest is gone."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Address, Customer, User
from checkout.models import Cart, CartItem, Order
from checkout.services.forgetting import anonymise_orders_of_deleted_accounts
from checkout.services.transitions import move_order
from checkout.tasks import anonymise_orders_of_deleted_accounts as clean_orders
from notifications.enums import OutgoingStatus
from notifications.models import OutgoingEmail
from shop.models import Like, Review
from tests.api.wire import (
    ENCODINGS,
    REQUIRED,
    UNAUTHENTICATED,
    Api,
    detail_body,
    encode,
    field_body,
    make_access,
    sign_in,
)
from tests.factories.carts import make_full_cart
from tests.factories.catalogue import make_product
from tests.factories.orders import make_cancelled_order, make_order, make_order_in, make_paid_order
from tests.factories.users import PASSWORD, make_address, make_admin, make_customer, make_user

pytestmark = pytest.mark.django_db

ME = "/auth/users/me/"
NO_ACCOUNT = (401, detail_body("No active account found with the given credentials", "no_active_account"))
PERSONAL = ("name", "phone", "line1", "line2", "city", "postal_code", "note")


def delete_me(api: Api) -> None:
    assert api.delete(ME, {"current_password": PASSWORD}).status == 204


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_delete_me(shopper, customer, encoding):
    answer = shopper.send("DELETE", ME, *encode({"current_password": PASSWORD}, encoding))
    user = User.objects.get()
    assert (answer.status, answer.content) == (204, b"")
    assert (user.username, user.first_name, user.last_name) == (f"deleted:{user.pk}", "", "")
    assert (user.is_active, user.has_usable_password(), user.deleted_at is None) == (False, False, False)
    assert user.email.endswith("@deleted.invalid")
    assert Customer.objects.values_list("phone", "birth_date").get() == ("", None)


def test_delete_me_who(guest):
    assert guest.delete(ME, {"current_password": PASSWORD}).told == UNAUTHENTICATED


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({}, REQUIRED),
        (None, REQUIRED),
        ({"current_password": ""}, ["This field may not be blank."]),
        ({"current_password": "wrong"}, ["Invalid password."]),
        ({"current_password": [PASSWORD]}, ["Not a valid string."]),
    ],
)
def test_delete_me_asks_for_the_password(shopper, customer, body, messages):
    assert shopper.delete(ME, body).told == (400, field_body(current_password=messages))
    assert shopper.get(ME).status == 200


def test_deleted_account_opens_nothing(guest, shopper, customer):
    refresh = guest.post("/auth/jwt/create/", {"username": "asha", "password": PASSWORD}).body["refresh"]
    other = sign_in(customer.user)
    guest.client.force_login(customer.user)
    delete_me(shopper)
    for api in (shopper, other):
        assert (api.get(ME).status, api.get("/store/products/").status) == (401, 401)
    assert guest.post("/auth/jwt/refresh/", {"refresh": refresh}).status == 401
    for name in ("asha", "asha@example.com"):
        assert guest.post("/auth/jwt/create/", {"username": name, "password": PASSWORD}).told == NO_ACCOUNT
    assert guest.client.get("/account/profile/").status_code == 302


def test_deleted_name_and_address_can_be_used_again(guest, shopper):
    delete_me(shopper)
    body = {"username": "asha", "email": "asha@example.com", "password": PASSWORD}
    assert guest.post("/auth/users/", body).status == 201


def test_nobody_can_take_the_name_of_a_deleted_account(guest, customer):
    body = {"username": f"deleted:{customer.user_id}", "email": "x@example.com", "password": PASSWORD}
    assert guest.post("/auth/users/", body).status == 400


def test_deletion_takes_what_nothing_must_keep(shopper, customer):
    Customer.objects.update(birth_date=date(1990, 2, 28))
    make_address(customer)
    make_full_cart(customer=customer)
    EmailAddress.objects.create(user=customer.user, email="asha@example.com", primary=True)
    product, bystander = make_product(), make_customer()
    for liker in (customer.user, bystander.user):
        Like.objects.create(user=liker, product=product)
    make_address(bystander)
    make_full_cart(customer=bystander)
    delete_me(shopper)
    assert Address.objects.get().customer == bystander
    assert (Cart.objects.get().customer, CartItem.objects.count()) == (bystander, 1)
    assert (EmailAddress.objects.count(), Like.objects.get().user) == (0, bystander.user)
    bystander.user.refresh_from_db()
    assert (bystander.user.is_active, bystander.user.deleted_at) == (True, None)


def test_deletion_of_a_user_without_a_profile():
    delete_me(sign_in(make_user()))
    assert User.objects.get().is_active is False


def test_deletion_takes_rights(db):
    delete_me(sign_in(make_admin()))
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (False, False)


@pytest.mark.parametrize("status", ["completed", "expired", "cancelled"])
def test_deletion_anonymises_orders_that_ended(shopper, customer, status):
    order = make_order_in(status, customer=customer, note="Ring twice")
    delete_me(shopper)
    kept = Order.objects.get()
    assert [getattr(kept, name) for name in PERSONAL] == [""] * len(PERSONAL)
    assert (kept.email, kept.customer, kept.total) == ("order@deleted.invalid", customer, order.total)
    assert (kept.state, kept.country, kept.items.count()) == ("KA", "IN", 1)


@pytest.mark.parametrize("status", ["placed", "paid", "fulfilled"])
def test_order_that_is_on_its_way_keeps_its_address_until_it_ended(shopper, customer, status):
    order = make_order_in(status, customer=customer)
    delete_me(shopper)
    kept = Order.objects.get()
    assert (kept.email, kept.line1) == ("asha@example.com", "12 MG Road")
    assert anonymise_orders_of_deleted_accounts() == 0
    last = "cancelled" if status == "placed" else "completed"
    while kept.status != last:
        step = {"placed": "cancelled", "paid": "fulfilled", "fulfilled": "completed"}[kept.status]
        move_order(order=kept, to_status=step, why="Test", at=timezone.now())
    clean_orders()
    kept = Order.objects.get(pk=order.pk)
    assert (kept.email, kept.line1, kept.status) == ("order@deleted.invalid", "", last)
    assert anonymise_orders_of_deleted_accounts() == 0


def test_deletion_leaves_orders_of_others(shopper, customer):
    make_cancelled_order()
    make_cancelled_order(customer=make_customer())
    delete_me(shopper)
    assert anonymise_orders_of_deleted_accounts() == 0
    assert set(Order.objects.values_list("line1", flat=True)) == {"12 MG Road"}


def test_deletion_empties_mails_that_were_sent(shopper, customer):
    make_paid_order(customer=customer)
    make_order()
    OutgoingEmail.objects.filter(to=customer.user.email, purpose__startswith="order-received").update(
        status=OutgoingStatus.SENT
    )
    delete_me(shopper)
    sent = OutgoingEmail.objects.get(status=OutgoingStatus.SENT)
    assert (sent.to, sent.subject, sent.text, sent.html) == (User.objects.get().email, "", "", "")
    assert OutgoingEmail.objects.filter(to="guest@example.com").exclude(text="").count() == 1
    waiting = OutgoingEmail.objects.filter(to="asha@example.com", status=OutgoingStatus.QUEUED)
    assert waiting.exclude(text="").exists()


def test_deletion_drops_waiting_mails_about_the_account(guest, shopper, settings):
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    guest.post("/auth/users/reset_password/", {"email": "asha@example.com"})
    delete_me(shopper)
    email = OutgoingEmail.objects.get()
    assert (email.status, email.to, email.text) == (OutgoingStatus.DROPPED, User.objects.get().email, "")


def test_deletion_keeps_reviews_without_the_name(shopper, customer):
    Review.objects.create(
        product=make_product(), author=customer.user, name="Asha", description="Lovely", rating=5
    )
    delete_me(shopper)
    review = Review.objects.get()
    assert (review.name, review.author, review.description) == ("A former customer", None, "Lovely")


def test_deletion_is_whole_or_not_at_all(shopper, customer, monkeypatch):
    make_address(customer)
    monkeypatch.setattr("checkout.services.forgetting.forget_recipient", lambda **fields: 1 / 0)
    assert shopper.delete(ME, {"current_password": PASSWORD}).status == 500
    assert (Address.objects.count(), shopper.get(ME).status) == (1, 200)


def test_two_deleted_accounts(db):
    for username in ("asha", "ravi"):
        delete_me(Api(token=make_access(make_customer(username=username).user)))
    assert User.objects.filter(is_active=False).count() == 2
