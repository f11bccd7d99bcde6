import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories.users import PASSWORD, make_admin, make_customer, make_user

pytestmark = pytest.mark.django_db

NEW = "another long phrase"


@pytest.fixture
def user() -> User:
    return make_user(username="asha", email="asha@example.com")


def epoch_of(user: User) -> int:
    return User.objects.values_list("token_epoch", flat=True).get(pk=user.pk)


@pytest.mark.parametrize("email", ["asha@example.com", "ASHA@EXAMPLE.COM", "Asha@Example.com"])
def test_email_is_unique_whatever_its_case(user, email):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(username="other", email=email, password=PASSWORD)


def test_email_is_unique_whatever_its_case_also_for_the_database(user):
    other = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email="ASHA@example.com")


def test_email_is_kept_in_lower_case():
    user = make_user(email="Ravi.Kumar@Example.COM")
    user.refresh_from_db()
    assert (user.email, user.email_key) == ("ravi.kumar@example.com", "ravi.kumar@example.com")


def test_display_name():
    assert make_user(username="ravi").display_name == "ravi"
    assert make_user(username="asha", first_name="Asha").display_name == "Asha"


def test_new_user_starts_at_zero(user):
    assert (user.token_epoch, epoch_of(user)) == (0, 0)


@pytest.mark.parametrize("fields", [None, ["password"], {"password"}, ["password", "first_name"]])
def test_new_password_raises_the_epoch(user, fields):
    user.set_password(NEW)
    user.save(update_fields=fields)
    assert (user.token_epoch, epoch_of(user)) == (1, 1)
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_new_password_raises_the_epoch_once(user):
    user.set_password(NEW)
    user.save()
    user.save()
    user.save(update_fields=["first_name"])
    assert epoch_of(user) == 1


def test_password_taken_away_raises_the_epoch(user):
    user.set_unusable_password()
    user.save()
    user.save()
    assert epoch_of(user) == 1


def test_other_changes_leave_the_epoch(user):
    user.first_name = "Asha"
    user.save()
    user.save(update_fields=["first_name"])
    assert epoch_of(user) == 0


def test_saving_no_field_writes_nothing(user, count_queries):
    user.set_password(NEW)
    with count_queries(1):
        user.save(update_fields=[])
    assert User.objects.get().check_password(PASSWORD)


def test_stale_copy_does_not_bring_ended_tokens_back(user):
    stale = User.objects.get(pk=user.pk)
    user.set_password(NEW)
    user.save()
    stale.first_name = "Asha"
    stale.save()
    assert (stale.token_epoch, epoch_of(user)) == (1, 1)


def test_two_copies_raise_the_epoch_twice(user):
    other = User.objects.get(pk=user.pk)
    for copy in (user, other):
        copy.set_password(NEW)
        copy.save()
    assert epoch_of(user) == 2


def test_upgraded_hash_leaves_the_epoch(user, settings):
    User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1))
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    user.refresh_from_db()
    assert (user.password.split("$")[0], user.token_epoch) == ("md5", 0)


def test_password_changed_on_pages(client, user):
    client.force_login(user)
    body = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", body).status_code == 302
    assert epoch_of(user) == 1


def test_password_reset_on_pages(client, user):
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    page = client.get(f"/accounts/password/reset/key/{key}/", follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert User.objects.get().check_password(NEW)
    assert epoch_of(user) == 1


def test_password_changed_in_the_admin_of_wagtail(client, user):
    client.force_login(make_admin())
    body = {
        "username": "asha",
        "email": "asha@example.com",
        "first_name": "Asha",
        "last_name": "Rao",
        "is_active": "on",
        "password1": NEW,
        "password2": NEW,
    }
    assert client.post(f"/admin/users/edit/{user.pk}/", body).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert epoch_of(user) == 1


def test_user_edited_in_the_admin_of_wagtail_keeps_the_epoch(client, user):
    client.force_login(make_admin())
    body = {
        "username": "asha",
        "email": "asha@example.com",
        "first_name": "Usha",
        "last_name": "Rao",
        "is_active": "on",
        "password1": "",
        "password2": "",
    }
    assert client.post(f"/admin/users/edit/{user.pk}/", body).status_code == 302
    assert (User.objects.get(pk=user.pk).first_name, epoch_of(user)) == ("Usha", 0)


def test_password_changed_by_a_command(user, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", "asha", verbosity=0)
    assert epoch_of(user) == 1


def test_names_of_people_and_places():
    customer = make_customer(username="asha")
    assert (str(customer.user), str(customer)) == ("asha", "asha")
    customer.user.first_name, customer.user.last_name = "Asha", "Rao"
    assert str(customer) == "Asha Rao"
