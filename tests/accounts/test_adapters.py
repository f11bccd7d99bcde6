"""Sign-up, sign-in and reset on pages make and use the same accounts as the API."""

import pytest
from allauth.account.adapter import get_adapter

from accounts.models import Customer, User
from notifications.models import OutgoingEmail
from tests.api.wire import Api
from tests.factories.users import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_UP = {"email": "asha@example.com", "password1": PASSWORD, "password2": PASSWORD}


def test_sign_up_on_pages(client):
    assert client.post("/accounts/signup/", SIGN_UP).status_code == 302
    user = User.objects.get()
    assert (user.email, Customer.objects.get().user) == ("asha@example.com", user)
    answer = Api().post("/auth/jwt/create/", {"username": "ASHA@example.com", "password": PASSWORD})
    assert answer.status == 200


def test_sign_up_on_pages_with_an_email_in_use(client):
    Api().post("/auth/users/", {"username": "asha", "email": "Asha@example.com", "password": PASSWORD})
    response = client.post("/accounts/signup/", {**SIGN_UP, "email": "ASHA@example.com"})
    assert response.status_code in (200, 302)
    assert User.objects.count() == 1


def test_user_not_saved_yet_gets_no_profile(rf):
    class Form:
        cleaned_data = {"email": "asha@example.com", "password1": PASSWORD}

    user = get_adapter().save_user(rf.get("/"), User(), Form(), commit=False)
    assert (user.pk, Customer.objects.count()) == (None, 0)


@pytest.mark.parametrize("login", ["asha", "asha@example.com", "ASHA@Example.com"])
def test_sign_in_on_pages_with_an_account_of_the_api(client, login):
    Api().post("/auth/users/", {"username": "asha", "email": "Asha@example.com", "password": PASSWORD})
    response = client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, "/account/")


def test_sign_in_stays_on_this_site(client):
    make_user(username="asha")
    for elsewhere in ("//evil.example", "https://evil.example", "\\\\evil.example", "javascript:alert(1)"):
        body = {"login": "asha", "password": PASSWORD, "next": elsewhere}
        assert client.post("/accounts/login/", body).headers["Location"] == "/account/"
        client.logout()


def test_reset_mail_goes_through_the_outbox(client, settings):
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
    Api().post("/auth/users/", {"username": "asha", "email": "Asha@example.com", "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": "ASHA@example.com"})
    email = OutgoingEmail.objects.first()  # the newest: the sign-up asked to confirm the address
    assert (email.to, "/accounts/password/reset/key/" in email.text) == ("asha@example.com", True)
    kinds = set(OutgoingEmail.objects.values_list("kind", flat=True))
    assert kinds == {"account_confirmation", "password_reset"}
    for mail in OutgoingEmail.objects.all():
        assert "Hello asha," in mail.text
        assert f'href="{settings.BASE_URL}/accounts/' in mail.html


def test_reset_answers_the_same_for_unknown_addresses(client):
    make_user(email="asha@example.com")
    answers = [
        client.post("/accounts/password/reset/", {"email": email}).headers["Location"]
        for email in ("asha@example.com", "nobody@example.com")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("login", ["asha", "nobody", "asha@example.com", "nobody@example.com"])
def test_wrong_credentials_say_what_to_do(client, login):
    make_user(username="asha", email="asha@example.com")
    page = client.post("/accounts/login/", {"login": login, "password": "wrong"}).content.decode()
    assert "That name and password do not belong together. Check both, or reset your password." in page


def test_too_many_attempts_on_pages_say_when_to_come_again(client):
    make_user(username="asha")
    pages = [client.post("/accounts/login/", {"login": "asha", "password": "wrong"}) for _ in range(6)]
    sentence = "That was too often. Please wait a minute and try again."
    assert [sentence in page.content.decode() for page in pages] == [False] * 5 + [True]
