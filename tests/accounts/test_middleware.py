import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from tests.factories.users import PASSWORD, make_admin

pytestmark = pytest.mark.django_db

ADMIN = "/django-admin/"  # the admin of Wagtail wants pages, which are none of ours here
SIGN_IN = {"username": "admin", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _required(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def secret(db) -> str:
    secret = generate_totp_secret()
    TOTP.activate(make_admin(username="admin"), secret)
    return secret


def make_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in_at_the_admin(client) -> None:
    assert client.post("/admin/login/", SIGN_IN).status_code == 302


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/django-admin/"])
def test_password_alone_opens_no_admin(client, secret, path):
    sign_in_at_the_admin(client)
    response = client.get(path)
    assert response.headers["Location"] == f"{reverse('mfa_reauthenticate')}?next={path.replace('/', '%2F')}"
    assert client.get(response.headers["Location"]).status_code == 200


def test_code_opens_the_admin(client, secret):
    sign_in_at_the_admin(client)
    body = {"code": make_code(secret), "next": ADMIN}
    assert client.post(reverse("mfa_reauthenticate"), body).headers["Location"] == ADMIN
    assert client.get(ADMIN).status_code == 200


def test_sign_in_with_a_code_on_pages_opens_the_admin(client, secret):
    client.post("/accounts/login/", {"login": "admin", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": make_code(secret)})
    assert client.get(ADMIN).status_code == 200


def test_staff_without_an_authenticator_set_one_up(client):
    make_admin(username="admin")
    sign_in_at_the_admin(client)
    response = client.get(ADMIN)
    assert response.headers["Location"].startswith(reverse("mfa_activate_totp"))
    assert client.get(response.headers["Location"], follow=True).status_code == 200


def test_code_of_another_session_opens_nothing(client, secret):
    other = type(client)()
    for one in (client, other):
        sign_in_at_the_admin(one)
    client.post(reverse("mfa_reauthenticate"), {"code": make_code(secret)})
    assert (client.get(ADMIN).status_code, other.get(ADMIN).status_code) == (200, 302)


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/", "/", "/account/profile/"])
def test_what_stays_open(client, secret, path):
    client.post("/accounts/login/", {"login": "ravi", "password": PASSWORD})
    assert "2fa" not in client.get(path).headers.get("Location", "")


def test_shoppers_go_to_the_sign_in_of_the_admin(client):
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_nothing_is_asked_where_it_is_not_required(client, secret, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in_at_the_admin(client)
    assert client.get(ADMIN).status_code == 200
