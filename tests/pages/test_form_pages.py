"""Forms of pages: sent apart from the page, stored and mailed."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.contrib.forms.models import FormSubmission

from notifications.models import OutgoingEmail
from pages.models import FormPage, FormPageField
from tests.factories.users import make_admin

pytestmark = pytest.mark.django_db
OURS = {"headers": {"sec-fetch-site": "same-origin"}}
GOOD = {"your_name": "Asha", "email": "asha@example.com", "message": "Do you ship plants?", "website": ""}


@pytest.fixture
def contact(home) -> FormPage:
    page = FormPage(title="Contact", slug="contact", to_address="shop@example.com", thanks="Thank you.")
    page.form_fields = [
        FormPageField(label=label, field_type=kind, required=required, sort_order=order)
        for order, (label, kind, required) in enumerate(
            [("Your name", "singleline", True), ("Email", "email", True), ("Message", "multiline", False)]
        )
    ]
    return home.add_child(instance=page)


def send(page: FormPage, client: Client | None = None, **fields):
    return (client or Client()).post(f"/forms/{page.pk}/", {**GOOD, **fields}, **OURS)


def test_answers_are_stored_mailed_and_thanked_for(client, contact):
    answer = send(contact)
    assert (answer.status_code, answer["Location"]) == (302, "/contact/?sent=1#sent")
    kept = FormSubmission.objects.get()
    assert kept.form_data == {key: GOOD[key] for key in ("your_name", "email", "message")}
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.subject) == ("shop@example.com", "“Contact” was filled in")
    assert mail.text == "Your name\nAsha\n\nEmail\nasha@example.com\n\nMessage\nDo you ship plants?"
    thanks = client.get("/contact/?sent=1").content.decode()
    assert "Thank you." in thanks
    assert '<form class="form-page"' not in thanks


def test_a_wrong_answer_comes_back_filled_in(contact):
    answer = send(contact, email="asha")
    html = answer.content.decode()
    assert (answer.status_code, FormSubmission.objects.count()) == (400, 0)
    assert 'value="Asha"' in html
    assert "Enter a valid email address." in html
    assert "no-store" in answer["Cache-Control"]


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(contact):
    assert send(contact, website="https://example.com").status_code == 302
    assert not FormSubmission.objects.exists()


def test_only_our_own_pages_may_send(contact):
    assert Client().post(f"/forms/{contact.pk}/", GOOD).status_code == 403
    assert Client().get(f"/forms/{contact.pk}/", **OURS).status_code == 405


def test_a_form_that_is_not_live_takes_nothing(contact):
    contact.unpublish()
    assert send(contact).status_code == 404


def test_too_many_messages_are_kept_in_the_form(contact, settings):
    settings.FORM_LIMIT = "1/min"
    cache.clear()
    assert send(contact).status_code == 302
    answer = send(contact, message="And trees?")
    assert answer.status_code == 429
    assert "And trees?" in answer.content.decode()
    assert FormSubmission.objects.count() == 1


def test_the_public_page_is_the_same_for_everybody(client, contact):
    html = client.get("/contact/").content.decode()
    assert f'action="/forms/{contact.pk}/"' in html
    assert "csrfmiddlewaretoken" not in html
    admin = Client()
    admin.force_login(make_admin())
    assert admin.get("/contact/").content.decode() == html


def test_preview_shows_the_form(contact):
    for mode, _label in contact.preview_modes:
        assert "Your name" in contact.make_preview_request(preview_mode=mode).content.decode()
