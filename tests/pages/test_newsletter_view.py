import pytest

from notifications.models import Consent, OutgoingEmail
from pages.newsletter_view import WORDING

pytestmark = pytest.mark.django_db

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def join(client, **fields):
    return client.post("/newsletter/", {"email": "Asha@example.com", **fields}, **HERE)


def test_address_is_mailed_a_link_and_gets_nothing_before_it_confirms(client):
    page = join(client)

    assert page.status_code == 200
    assert "we have mailed a link to Asha@example.com" in page.content.decode()
    consent = Consent.objects.get()
    assert (consent.address, consent.source, consent.wording) == ("asha@example.com", "footer", WORDING)
    assert consent.confirmed_at is None
    assert OutgoingEmail.objects.count() == 1


def test_known_address_gets_the_same_answer_and_no_second_mail(client):
    assert join(client).content == join(client).content
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("", "Enter your email address"), ("asha", "Enter an email address such as asha@example.com.")],
)
def test_address_that_is_none_is_told(client, email, sentence):
    page = join(client, email=email)

    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert not Consent.objects.exists()


def test_program_that_fills_in_everything_writes_nothing(client):
    assert join(client, website="https://example.com").status_code == 200
    assert not Consent.objects.exists()


def test_other_sites_may_not_sign_people_up(client):
    page = client.post("/newsletter/", {"email": "asha@example.com"}, HTTP_SEC_FETCH_SITE="cross-site")

    assert page.status_code == 403
    assert not Consent.objects.exists()


def test_every_page_has_the_form_with_the_sentence_that_is_kept(client, home):
    page = client.get("/").content.decode()

    assert 'action="/newsletter/"' in page
    assert WORDING in page
