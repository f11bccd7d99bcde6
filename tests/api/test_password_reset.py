"""A forgotten password, through the API and with the same links as on pages."""

import re

import pytest
from django.core import mail

from accounts.models import User
from notifications.models import OutgoingEmail
from tests.api.wire import ENCODINGS, REQUIRED, field_body, refused_method, sign_in
from tests.factories.users import PASSWORD, make_user

pytestmark = pytest.mark.django_db

RESET, CONFIRM, CREATE = (
    "/auth/users/reset_password/",
    "/auth/users/reset_password_confirm/",
    "/auth/jwt/create/",
)
NEW = "another long phrase"
INVALID = (400, field_body(token=["Invalid token for given user."]))
LINK = re.compile(r"(http\S+/accounts/password/reset/key/(\w+)-(\S+)/)")


@pytest.fixture
def user(db) -> User:
    return make_user(username="asha", email="asha@example.com")


def read_link(text: str) -> tuple[str, str, str]:
    """Address, uid and token."""
    return LINK.search(text).groups()


def ask_for_link(guest) -> dict[str, str]:
    assert guest.post(RESET, {"email": "asha@example.com"}).status == 204
    _link, uid, token = read_link(mail.outbox[-1].body)
    return {"uid": uid, "token": token}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("email", ["asha@example.com", "ASHA@example.com"])
def test_reset_mails_a_link(guest, user, email, encoding):
    answer = guest.post(RESET, {"email": email}, encoding)
    assert (answer.status, answer.content) == (204, b"")
    assert [message.to[0].lower() for message in mail.outbox] == ["asha@example.com"]
    assert read_link(mail.outbox[0].body)


def test_reset_mail_goes_through_the_outbox(guest, user, settings):
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    guest.post(RESET, {"email": "asha@example.com"})
    assert LINK.search(OutgoingEmail.objects.get().text)


def test_reset_link_is_of_the_configured_domain(guest, user, settings):
    settings.BASE_URL = "https://shop.example.com"
    settings.ALLOWED_HOSTS = ["*"]
    guest.send("POST", RESET, b'{"email":"asha@example.com"}', Host="evil.example")
    message = mail.outbox[0]
    assert read_link(message.body)[0].startswith("https://shop.example.com/accounts/password/reset/key/")
    assert ("evil" in message.body, "evil" in message.subject) == (False, False)
    assert "Haat" in message.body


@pytest.mark.parametrize("email", ["nobody@example.com", "inactive@example.com"])
def test_reset_says_the_same_for_unknown_and_inactive(guest, user, email):
    make_user(email="inactive@example.com", is_active=False)
    known, other = guest.post(RESET, {"email": "asha@example.com"}), guest.post(RESET, {"email": email})
    assert (known.told, known.content) == (other.told, other.content) == ((204, None), b"")
    assert all(not LINK.search(message.body) for message in mail.outbox[1:])


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({}, REQUIRED),
        ({"email": ""}, ["This field may not be blank."]),
        ({"email": "asha"}, ["Enter a valid email address."]),
        ({"email": None}, ["This field may not be null."]),
    ],
)
def test_reset_bad_body(guest, body, messages):
    assert guest.post(RESET, body).told == (400, field_body(email=messages))


def test_reset_mails_a_few_only(guest, user):
    assert {guest.post(RESET, {"email": "asha@example.com"}).status for _ in range(9)} == {204}
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_confirm(guest, user, encoding):
    api = sign_in(user)
    link = ask_for_link(guest)
    answer = guest.post(CONFIRM, {**link, "new_password": NEW}, encoding)
    assert (answer.status, answer.content) == (204, b"")
    assert api.get("/auth/users/me/").status == 401
    assert guest.post(CREATE, {"username": "asha", "password": NEW}).status == 200
    assert guest.post(CREATE, {"username": "asha", "password": PASSWORD}).status == 401


def test_confirm_once(guest, user):
    link = ask_for_link(guest)
    assert guest.post(CONFIRM, {**link, "new_password": NEW}).status == 204
    assert guest.post(CONFIRM, {**link, "new_password": "a third long phrase"}).told == INVALID


@pytest.mark.parametrize(
    "change",
    [{"uid": "zz"}, {"uid": "é"}, {"uid": "9" * 20}, {"token": "x"}, {"token": "c0-" + "0" * 32}],
)
def test_confirm_with_another_link(guest, user, change):
    link = {**ask_for_link(guest), **change}
    assert guest.post(CONFIRM, {**link, "new_password": NEW}).told == INVALID
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_confirm_with_the_link_of_another(guest, user):
    link = ask_for_link(guest)
    other = make_user()
    assert guest.post(CONFIRM, {**link, "uid": str(other.pk), "new_password": NEW}).told == INVALID


def test_confirm_of_an_account_that_is_closed(guest, user):
    link = ask_for_link(guest)
    User.objects.update(is_active=False)
    assert guest.post(CONFIRM, {**link, "new_password": NEW}).told == INVALID


def test_confirm_with_a_weak_password(guest, user):
    link = ask_for_link(guest)
    answer = guest.post(CONFIRM, {**link, "new_password": "password1"})
    assert answer.told == (400, field_body(new_password=["This password is too common."]))
    assert guest.post(CONFIRM, {**link, "new_password": NEW}).status == 204


def test_confirm_needs(guest):
    assert guest.post(CONFIRM, {}).told == (
        400,
        field_body(uid=REQUIRED, token=REQUIRED, new_password=REQUIRED),
    )


def test_link_of_the_api_works_on_pages_and_the_other_way(guest, user, client):
    guest.post(RESET, {"email": "asha@example.com"})
    link = read_link(mail.outbox[0].body)[0]
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert (page.status_code, b"password1" in page.content) == (200, True)
    client.post("/accounts/password/reset/", {"email": "asha@example.com"})
    _link, uid, token = read_link(mail.outbox[-1].body)
    assert guest.post(CONFIRM, {"uid": uid, "token": token, "new_password": NEW}).status == 204


@pytest.mark.parametrize("path", [RESET, CONFIRM])
def test_get(guest, path):
    assert guest.get(path).told == refused_method("GET")
