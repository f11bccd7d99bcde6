"""An address is confirmed by allauth's rules, whether the account was made on a page or through the API."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from notifications.models import OutgoingEmail
from tests.api.wire import detail_body, sign_in
from tests.factories.users import PASSWORD, make_user

pytestmark = pytest.mark.django_db

USERS, ME, CREATE = "/auth/users/", "/auth/users/me/", "/auth/jwt/create/"
SIGN_UP = {"username": "asha", "email": "Asha@example.com", "password": PASSWORD}
UNCONFIRMED = (
    401,
    detail_body("Please confirm your email address first: we have sent you a link.", "email_unconfirmed"),
)


def sign_up(guest) -> None:
    assert guest.post(USERS, SIGN_UP).status == 201


def get_token(guest, password: str = PASSWORD):
    return guest.post(CREATE, {"username": "asha", "password": password})


def follow_link(client, text: str) -> None:
    path = re.search(r"http\S+?(/accounts/confirm-email/\S+/)", text)[1]
    assert client.post(path).status_code == 302


def addresses() -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.values_list("email", "primary", "verified"))


@pytest.mark.parametrize(("setting", "mails"), [("mandatory", 1), ("optional", 1), ("none", 0)])
def test_sign_up_asks_where_the_setting_asks(guest, settings, setting, mails):
    settings.ACCOUNT_EMAIL_VERIFICATION = setting
    sign_up(guest)
    assert [message.to for message in mail.outbox] == [["asha@example.com"]] * mails
    assert addresses() == [("asha@example.com", True, False)]


@pytest.mark.parametrize("setting", ["optional", "none"])
def test_tokens_where_it_is_not_mandatory(guest, settings, setting):
    settings.ACCOUNT_EMAIL_VERIFICATION = setting
    sign_up(guest)
    assert get_token(guest).status == 200


def test_no_tokens_before_it_is_confirmed(guest, client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up(guest)
    answer = get_token(guest)
    assert (answer.told, answer.headers["WWW-Authenticate"]) == (UNCONFIRMED, 'JWT realm="api"')
    follow_link(client, mail.outbox[0].body)
    assert addresses() == [("asha@example.com", True, True)]
    assert get_token(guest).status == 200
    login = client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    assert login.headers["Location"] == "/account/"


def test_wrong_password_says_nothing_of_confirmation(guest, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up(guest)
    assert get_token(guest, "wrong").body["code"] == "no_active_account"


def test_trying_again_mails_a_new_link_but_not_each_time(guest, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up(guest)
    assert {get_token(guest).told == UNCONFIRMED for _ in range(4)} == {True}
    assert len(mail.outbox) == 2


def test_account_of_the_admin_has_no_row_yet(guest, client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_user(username="asha", email="asha@example.com")
    assert get_token(guest).told == UNCONFIRMED
    follow_link(client, mail.outbox[0].body)
    assert get_token(guest).status == 200


def test_account_confirmed_on_pages_gets_tokens(guest, client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    body = {"email": "asha@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", body)
    credentials = {"username": "asha@example.com", "password": PASSWORD}
    assert guest.post(CREATE, credentials).told == UNCONFIRMED
    follow_link(client, mail.outbox[0].body)
    assert guest.post(CREATE, credentials).status == 200


def test_mail_goes_through_the_outbox_in_the_transaction_of_the_sign_up(guest, settings, monkeypatch):
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    sign_up(guest)
    assert "/accounts/confirm-email/" in OutgoingEmail.objects.get().text
    monkeypatch.setattr("accounts.services.users.ensure_customer", lambda user: 1 / 0)
    body = {"username": "ravi", "email": "ravi@example.com", "password": PASSWORD}
    assert guest.post(USERS, body).status == 500
    assert (OutgoingEmail.objects.count(), User.objects.count()) == (1, 1)


def test_link_is_of_the_configured_domain(guest, settings):
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://shop.example.com", ["*"]
    guest.client.defaults["HTTP_HOST"] = "evil.example"
    sign_up(guest)
    assert "https://shop.example.com/accounts/confirm-email/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body + mail.outbox[0].subject


def test_new_address_must_be_confirmed_and_the_old_one_opens_nothing(guest, client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up(guest)
    follow_link(client, mail.outbox[0].body)
    answer = sign_in(User.objects.get()).patch(ME, {"email": "usha@example.com"})
    assert (answer.status, addresses()) == (200, [("usha@example.com", True, False)])
    assert [message.to for message in mail.outbox[-2:]] == [["usha@example.com"], ["asha@example.com"]]
    assert get_token(guest).told == UNCONFIRMED
    guest.post("/auth/users/reset_password/", {"email": "asha@example.com"})
    assert "/reset/key/" not in mail.outbox[-1].body


def test_other_changes_ask_for_nothing(guest):
    sign_up(guest)
    api = sign_in(User.objects.get())
    api.patch(ME, {"first_name": "Usha", "email": "ASHA@example.com"})
    assert len(mail.outbox) == 1


def test_change_is_told_to_the_earlier_address(guest, settings):
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    sign_up(guest)
    sign_in(User.objects.get()).patch(ME, {"email": "usha@example.com", "first_name": "Usha"})
    told = OutgoingEmail.objects.get(to="asha@example.com", subject="Your email address was changed")
    assert "now has the email address usha@example.com." in told.text
    assert told.text.startswith("Hello Usha,")
