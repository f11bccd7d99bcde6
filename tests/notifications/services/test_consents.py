from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from notifications.enums import ConsentTopic
from notifications.models import Consent, OutgoingEmail
from notifications.services.consents import (
    confirm_consent,
    give_consent,
    link_to_confirm,
    request_newsletter_consent,
    withdraw_consent,
)
from notifications.services.outbox import forget_recipient

pytestmark = pytest.mark.django_db

NOW = timezone.now()
WORDS = "Yes, send me news once a month."


def ask(email: str = "Asha@Example.com", at=NOW) -> Consent:
    return request_newsletter_consent(email=email, source="/", wording=WORDS, at=at)


def give(email: str = "asha@example.com", topic: ConsentTopic = ConsentTopic.CART) -> Consent:
    return give_consent(email=email, topic=topic, source="checkout", wording=WORDS, at=NOW)


def test_newsletter_is_asked_for_and_confirmed_by_a_link(settings):
    settings.BASE_URL = "https://shop.example"
    consent = ask()
    assert (consent.address, consent.topic, consent.source, consent.wording) == (
        "asha@example.com",
        "newsletter",
        "/",
        WORDS,
    )
    assert (consent.asked_at, consent.confirmed_at, consent.withdrawn_at) == (NOW, None, None)
    assert not Consent.objects.given().exists()
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.kind, mail.consent) == ("asha@example.com", "newsletter_confirmation", None)
    for text in (mail.text, mail.html):
        assert f"https://shop.example/mail/confirm/{consent.token}/" in text
    later = NOW + timedelta(hours=1)
    assert confirm_consent(token=consent.token, at=later) == consent
    assert confirm_consent(token=consent.token, at=later + timedelta(hours=1)).confirmed_at == later
    assert list(Consent.objects.given()) == [consent]


def test_address_is_asked_once_a_day_at_most():
    first = ask()
    assert ask(at=NOW + timedelta(hours=23)) == first
    assert OutgoingEmail.objects.count() == 1
    again = ask(at=NOW + timedelta(hours=25))
    assert (again, again.asked_at) == (first, NOW + timedelta(hours=25))
    assert OutgoingEmail.objects.count() == 2


def test_confirmed_address_is_not_asked_again():
    consent = ask()
    confirm_consent(token=consent.token, at=NOW)
    assert ask(at=NOW + timedelta(days=3)) == consent
    assert OutgoingEmail.objects.count() == 1


def test_consent_that_is_withdrawn_stays_as_proof_and_another_may_be_given():
    consent = give()
    assert give() == consent
    ended = withdraw_consent(token=consent.token, how="link in a mail", at=NOW)
    assert (ended.withdrawn_at, ended.withdrawn_how) == (NOW, "link in a mail")
    assert withdraw_consent(token=consent.token, how="again", at=NOW).withdrawn_how == "link in a mail"
    assert give() != consent
    assert Consent.objects.count() == 2
    assert Consent.objects.given().count() == 1


def test_old_link_ends_a_consent_that_was_given_anew():
    old = give()
    withdraw_consent(token=old.token, how="link", at=NOW)
    give()
    withdraw_consent(token=old.token, how="link", at=NOW)
    assert not Consent.objects.standing().exists()


def test_withdrawing_ends_one_topic_or_all_of_one_address():
    cart, stock, other = give(), give(topic=ConsentTopic.STOCK), give("ravi@example.com")
    withdraw_consent(token=cart.token, how="link", at=NOW)
    assert set(Consent.objects.given()) == {stock, other}
    withdraw_consent(token=cart.token, how="link", at=NOW, everything=True)
    assert list(Consent.objects.given()) == [other]


def test_unknown_token_does_nothing():
    assert confirm_consent(token="x", at=NOW) is None
    assert withdraw_consent(token="x", how="link", at=NOW) is None


def test_withdrawn_consent_cannot_be_confirmed():
    consent = ask()
    withdraw_consent(token=consent.token, how="link", at=NOW)
    assert confirm_consent(token=consent.token, at=NOW) is None


def test_wording_has_a_version():
    assert give().wording_version == give("b@example.com").wording_version
    assert (
        ask().wording_version
        != request_newsletter_consent(
            email="c@example.com", source="/", wording="Other words."
        ).wording_version
    )


def test_forgotten_recipient_has_no_consents():
    give()
    forget_recipient(email="asha@example.com", replacement="user1@forgotten.invalid")
    consent = Consent.objects.get()
    assert (consent.address, consent.withdrawn_how) == ("user1@forgotten.invalid", "account deleted")


def test_links_in_mails_change_nothing_until_the_button_is_pressed(client):
    consent = ask()
    link = link_to_confirm(consent).partition("//")[2].partition("/")[2]
    assert client.get(f"/{link}").status_code == 200
    assert not Consent.objects.given().exists()
    page = client.post(f"/{link}")
    assert "Thank you, it is confirmed" in page.content.decode()
    assert Consent.objects.given().exists()
    assert client.get("/mail/confirm/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("data", "how"),
    [
        ({"List-Unsubscribe": "One-Click"}, "one click in the mail program"),
        ({}, "link in a mail"),
    ],
)
def test_unsubscribing_needs_no_sign_in_and_no_token_of_a_form(client, data, how):
    consent = give()
    url = f"/mail/unsubscribe/{consent.token}/"
    assert client.get(url).status_code == 200
    assert Consent.objects.given().exists()
    page = Client(enforce_csrf_checks=True).post(url, data)
    assert (page.status_code, "You are unsubscribed" in page.content.decode()) == (200, True)
    consent.refresh_from_db()
    assert consent.withdrawn_how == how
    assert client.post("/mail/unsubscribe/nothing/").status_code == 404
