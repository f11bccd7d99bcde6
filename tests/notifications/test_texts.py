import re
from decimal import Decimal

import pytest
from django.urls import reverse

from notifications.kinds import find_kind
from notifications.models import MailText, OutgoingEmail
from notifications.services.outbox import queue_mail
from notifications.words import default_words, fill, find_words
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

WORDS = {
    "subject": "Come back to {shop_name}",
    "heading": "Hi {name}!",
    "opening": "We kept <b>it</b>.\r\n\r\nSecond part.",
    "closing": "",
}


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True, email="editor@example.com"))
    return client


def url(name: str = "mail_text", key: str = "cart_reminder") -> str:
    return reverse(name, args=[key])


def test_values_stand_where_their_names_do_and_unknown_names_stay():
    assert fill("{a}, {b} {c d} { {a}", {"a": "{b}", "b": "2"}) == "{b}, 2 {c d} { {b}"


def test_list_names_every_mail_and_who_edited_it(admin, count_queries):
    page = admin.get(reverse("mail_texts")).content.decode()
    assert "Full cart that was left" in page
    assert "Order paid" in page
    costs = []
    for key in ("cart_reminder", "order_confirmation", "back_in_stock"):
        MailText.objects.create(kind=key, subject=f"Words of {key}", heading="H", opening="O")
        with count_queries() as counted:
            admin.get(reverse("mail_texts"))
        costs.append(len(counted))
    assert costs[0] == costs[2]


def test_words_that_are_saved_are_in_the_next_mail(admin, django_capture_on_commit_callbacks):
    find_words(find_kind("cart_reminder"))
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(url(), WORDS).headers["Location"] == url()
    row = MailText.objects.get()
    assert (row.kind, row.subject, row.edited_by.email) == (
        "cart_reminder",
        "Come back to {shop_name}",
        "editor@example.com",
    )
    queue_mail(
        kind="cart_reminder",
        purpose="p:1",
        to="a@example.com",
        values={"name": "Asha & Co"},
        context={"cart": {"lines": [], "totals": {"total": Decimal(0)}}},
    )
    mail = OutgoingEmail.objects.get()
    assert mail.subject == "Come back to Haat"
    assert "Hi Asha & Co!\n\nWe kept <b>it</b>.\n\nSecond part." in mail.text
    assert "Hi Asha &amp; Co!" in mail.html
    assert "We kept &lt;b&gt;it&lt;/b&gt;.</p>" in re.sub(r"\s+<", "<", mail.html)


def test_first_preview_is_escaped_in_its_attribute_and_as_text(admin):
    MailText.objects.create(kind="cart_reminder", subject="S", heading="<script>x</script>", opening="O")
    page = admin.get(url()).content.decode()
    assert "&lt;!DOCTYPE html&gt;" in page
    assert "&amp;lt;script&amp;gt;x" in page
    assert "<script>x" not in page


def test_default_words_need_no_row_and_can_be_had_back(admin, django_capture_on_commit_callbacks):
    kind = find_kind("cart_reminder")
    default = default_words(kind)
    fields = dict(zip(("subject", "heading", "opening", "closing"), default, strict=True))
    admin.post(url(), fields)
    assert not MailText.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(url(), WORDS)
    assert find_words(kind) != default
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(url("mail_text_default")).headers["Location"] == url()
    assert (MailText.objects.count(), find_words(kind)) == (0, default)


def test_unknown_name_is_refused_with_those_that_are_known_and_nothing_typed_is_lost(admin):
    response = admin.post(url(), {**WORDS, "heading": "Hi {nmae} {total}!"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "This mail cannot fill in {nmae}. It knows {name}, {total}, {shop_name}." in page
    assert "Hi {nmae} {total}!" in page
    assert not MailText.objects.exists()


def test_preview_follows_what_is_typed(admin):
    answer = admin.post(url("mail_text_preview"), WORDS)
    assert answer.json()["subject"] == "Come back to Haat"
    assert "Second part." in answer.json()["html"]
    wrong = admin.post(url("mail_text_preview"), {**WORDS, "subject": "{x}"})
    assert (wrong.status_code, wrong.json()["problems"]) == (
        400,
        ["Subject: This mail cannot fill in {x}. It knows {name}, {total}, {shop_name}."],
    )
    assert not MailText.objects.exists()


def test_test_goes_to_oneself_with_words_that_are_not_saved(admin):
    response = admin.post(url(), {**WORDS, "test": "1"}, follow=True)
    assert "A test is on its way to editor@example.com" in response.content.decode()
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.subject, mail.consent) == ("editor@example.com", "Test: Come back to Haat", None)
    assert "Second part." in mail.html
    admin.post(url(), {**WORDS, "test": "1"})
    assert OutgoingEmail.objects.count() == 2
    assert not MailText.objects.exists()


def test_only_who_may_edit_texts_does(client):
    client.force_login(make_user(is_staff=True))
    for name in ("mail_text", "mail_text_preview", "mail_text_default"):
        assert client.post(url(name), WORDS).status_code in (302, 403)
    assert not MailText.objects.exists()


def test_unknown_kind_is_not_found(admin):
    assert admin.get(url(key="nothing")).status_code == 404
