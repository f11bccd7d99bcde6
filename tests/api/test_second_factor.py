"""Accounts with an authenticator app, and staff who must have one."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from accounts.models import User
from tests.api.wire import ENCODINGS, detail_body
from tests.factories.users import PASSWORD, make_staff, make_user

pytestmark = pytest.mark.django_db

CREATE = "/auth/jwt/create/"
MISSING = (401, detail_body("Please send the code of your authenticator app as well.", "mfa_required"))
NOT_SET_UP = (
    401,
    detail_body("Staff need a second factor: set it up in your account first.", "mfa_required"),
)
WRONG = (
    401,
    detail_body("This code is wrong or was used already. Please enter the current one.", "mfa_invalid"),
)


@pytest.fixture
def secret() -> str:
    return generate_totp_secret()


@pytest.fixture
def user(db, secret) -> User:
    user = make_staff(username="asha")
    TOTP.activate(user, secret)
    return user


def make_code(secret: str, half_minutes_ago: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - half_minutes_ago))


def sign_in(guest, encoding: str = "json", **fields: str):
    return guest.post(CREATE, {"username": "asha", "password": PASSWORD, **fields}, encoding)


def test_staff_without_one_where_it_is_not_required(guest):
    make_staff(username="asha")
    assert sign_in(guest).status == 200


def test_staff_without_one_where_it_is_required(guest, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_staff(username="asha")
    answer = sign_in(guest)
    assert (answer.told, answer.headers["WWW-Authenticate"]) == (NOT_SET_UP, 'JWT realm="api"')
    assert sign_in(guest, otp="123456").told == NOT_SET_UP


def test_shopper_where_it_is_required_of_staff(guest, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_user(username="asha")
    assert sign_in(guest).status == 200


@pytest.mark.parametrize("is_required", [True, False])
def test_code_is_missing(guest, user, settings, is_required):
    settings.STAFF_SECOND_FACTOR = is_required
    assert sign_in(guest).told == MISSING


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_code(guest, user, secret, encoding):
    answer = sign_in(guest, encoding, otp=make_code(secret))
    assert (answer.status, list(answer.body)) == (200, ["refresh", "access"])
    assert Authenticator.objects.get().last_used_at is not None


def test_code_of_the_half_minute_before(guest, user, secret):
    assert sign_in(guest, otp=make_code(secret, 1)).status == 200


def test_code_that_is_too_old(guest, user, secret):
    assert sign_in(guest, otp=make_code(secret, 3)).told == WRONG


def test_code_twice(guest, user, secret):
    code = make_code(secret)
    assert (sign_in(guest, otp=code).status, sign_in(guest, otp=code).told) == (200, WRONG)


@pytest.mark.parametrize("code", ["000000", "abc", "١٢٣٤٥٦"])
def test_code_that_is_wrong(guest, user, code):
    assert sign_in(guest, otp=code).told == WRONG


def test_recovery_code_once(guest, user):
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert (sign_in(guest, otp=code).status, sign_in(guest, otp=code).told) == (200, WRONG)


def test_wrong_password_says_nothing_of_a_second_factor(guest, user):
    answer = guest.post(CREATE, {"username": "asha", "password": "wrong"})
    assert answer.body["code"] == "no_active_account"


def test_passkey_of_a_library_to_come_is_no_code(guest, db):
    user = make_staff(username="asha")
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    assert sign_in(guest).status == 200


def test_pages_ask_for_the_code_as_well(client, user):
    response = client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    assert response.headers["Location"] == reverse("mfa_authenticate")
    page = client.get(response.headers["Location"])
    assert (page.status_code, b'name="code"' in page.content) == (200, True)
    assert client.get("/account/profile/").status_code == 302


def test_pages_take_the_code(client, user, secret):
    client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    response = client.post(reverse("mfa_authenticate"), {"code": make_code(secret)})
    assert (response.status_code, client.get("/account/profile/").status_code) == (302, 200)


def test_pages_set_it_up(client, db):
    make_staff(username="asha")
    client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert (page.status_code, b"<svg" in page.content or b"data:image/svg" in page.content) == (200, True)
    assert client.get(reverse("mfa_index")).status_code == 200
