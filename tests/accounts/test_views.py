import pytest

from accounts.models import Customer, User
from tests.factories.users import make_customer, make_user

pytestmark = pytest.mark.django_db

PROFILE = "/account/profile/"


def test_profile_asks_to_sign_in(client):
    response = client.get(PROFILE)
    assert (response.status_code, response.headers["Location"]) == (302, f"/accounts/login/?next={PROFILE}")


def test_profile_shows_what_is_known(client):
    customer = make_customer(first_name="Asha", last_name="Rao", phone="+919876543210")
    client.force_login(customer.user)
    response = client.get(PROFILE)
    for text in ("Asha", "Rao", "+919876543210"):
        assert f'value="{text}"' in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_profile_saves(client):
    customer = make_customer(username="asha")
    client.force_login(customer.user)
    body = {
        "first_name": "Asha",
        "last_name": "Rao",
        "phone": "+919876543210",
        "is_staff": "on",
        "email": "x@y.z",
    }
    response = client.post(PROFILE, body)
    assert (response.status_code, response.headers["Location"]) == (302, PROFILE)
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.is_staff, user.email) == (
        "Asha",
        "Rao",
        False,
        "asha@example.com",
    )
    assert Customer.objects.get().phone == "+919876543210"


def test_profile_comes_back_filled(client):
    customer = make_customer()
    client.force_login(customer.user)
    response = client.post(PROFILE, {"first_name": "Asha", "last_name": "Rao", "phone": "call me"})
    text = response.content.decode()
    assert 'value="call me"' in text
    assert "Enter a phone number with 7 to 15 digits" in text
    customer.refresh_from_db()
    assert customer.phone == ""


def test_profile_of_a_user_without_one(client):
    user = make_user()
    client.force_login(user)
    assert client.get(PROFILE).status_code == 200
    assert Customer.objects.get().user == user


def test_profile_needs_the_form_of_this_site(client):
    customer = make_customer()
    client.force_login(customer.user)
    client.handler.enforce_csrf_checks = True
    assert client.post(PROFILE, {"first_name": "Asha"}).status_code == 403
