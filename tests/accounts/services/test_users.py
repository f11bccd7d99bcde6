import pytest
from django.db import IntegrityError

from accounts.models import Customer, User
from accounts.services.users import (
    EmailTaken,
    UsernameTaken,
    change_details,
    change_password,
    ensure_customer,
    is_email_taken,
    is_username_taken,
    register_user,
    revoke_tokens,
    update_profile,
)
from tests.factories.users import PASSWORD, make_customer, make_user

pytestmark = pytest.mark.django_db


def test_register_user():
    user = register_user(username="asha", email="Asha@example.com", password=PASSWORD, first_name="Asha")
    assert (user.username, user.email, user.first_name, user.last_name) == (
        "asha",
        "asha@example.com",
        "Asha",
        "",
    )
    assert (user.check_password(PASSWORD), user.customer.membership) == (True, "B")


@pytest.mark.parametrize("username", ["asha", "Asha"])
def test_register_user_name_taken(username):
    make_user(username="asha")
    with pytest.raises(UsernameTaken):
        register_user(username=username, email="new@example.com", password=PASSWORD)
    assert User.objects.count() == 1


def test_register_user_email_taken():
    make_user(email="asha@example.com")
    with pytest.raises(EmailTaken):
        register_user(username="asha", email="ASHA@example.com", password=PASSWORD)


def test_register_user_who_loses_a_race_by_email(monkeypatch):
    make_user(email="asha@example.com")
    monkeypatch.setattr("accounts.services.users.is_email_taken", lambda email: False)
    with pytest.raises(EmailTaken):
        register_user(username="asha", email="asha@example.com", password=PASSWORD)
    assert (User.objects.count(), Customer.objects.count()) == (1, 0)


def test_register_user_who_loses_a_race_by_name(monkeypatch):
    make_user(username="asha")
    monkeypatch.setattr("accounts.services.users.is_username_taken", lambda username: False)
    with pytest.raises(UsernameTaken):
        register_user(username="asha", email="new@example.com", password=PASSWORD)


def test_is_taken():
    user = make_user(username="asha", email="asha@example.com")
    assert (is_username_taken("ASHA"), is_username_taken("ravi")) == (True, False)
    assert (is_email_taken("ASHA@example.com"), is_email_taken("ravi@example.com")) == (True, False)
    assert is_email_taken("asha@example.com", except_by=user) is False


def test_ensure_customer_once():
    user = make_user()
    assert ensure_customer(user=user) == ensure_customer(user=user)
    assert Customer.objects.count() == 1


def test_change_details():
    user = make_user()
    change_details(user=user, first_name="Asha", email="Asha@example.com")
    user.refresh_from_db()
    assert (user.first_name, user.email, user.token_epoch) == ("Asha", "asha@example.com", 0)


def test_change_details_email_taken():
    make_user(email="asha@example.com")
    with pytest.raises(EmailTaken):
        change_details(user=make_user(), email="asha@example.com")


def test_change_password_ends_tokens():
    user = make_user()
    change_password(user=user, password="another long phrase")
    assert (user.token_epoch, User.objects.get().check_password("another long phrase")) == (1, True)


def test_revoke_tokens_counts_up():
    user = make_user()
    revoke_tokens(user=user)
    revoke_tokens(user=user)
    assert User.objects.get().token_epoch == 2


def test_update_profile():
    customer = make_customer(username="asha")
    update_profile(
        user=customer.user, customer=customer, first_name="Asha", last_name="Rao", phone="+919876543210"
    )
    saved = Customer.objects.select_related("user").get()
    assert (saved.user.first_name, saved.user.last_name, saved.phone) == ("Asha", "Rao", "+919876543210")


def test_integrity_error_is_not_swallowed_elsewhere():
    user = make_user(username="asha")
    user.username = make_user(username="ravi").username
    with pytest.raises(IntegrityError):
        user.save()
