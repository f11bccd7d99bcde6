import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail

from notifications.mailbox import list_mails
from notifications.models import OutgoingEmail

OUTBOX = "notifications.backends.OutboxBackend"
MAILBOX = "notifications.backends.MailboxBackend"


@pytest.mark.django_db
def test_mail_of_any_library_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = OUTBOX
    assert (
        send_mail(
            "Reset", "Follow the link", None, ["a@example.com", "b@example.com"], html_message="<p>Link</p>"
        )
        == 1
    )
    rows = OutgoingEmail.objects.order_by("pk").values_list("to", "subject", "text", "html", "status")
    assert list(rows) == [
        ("a@example.com", "Reset", "Follow the link", "<p>Link</p>", "queued"),
        ("b@example.com", "Reset", "Follow the link", "<p>Link</p>", "queued"),
    ]
    assert len({row.purpose for row in OutgoingEmail.objects.all()}) == 2


@pytest.mark.django_db
def test_outbox_takes_plain_messages_and_other_alternatives():
    plain = EmailMessage("Plain", "Text", to=["a@example.com"], bcc=["b@example.com"])
    calendar = EmailMultiAlternatives("Invitation", "Text", to=["c@example.com"])
    calendar.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    assert get_connection(OUTBOX).send_messages([plain, calendar]) == 2
    rows = OutgoingEmail.objects.order_by("to")
    assert [(row.to, row.text) for row in rows] == [(f"{name}@example.com", "Text") for name in "abc"]


@pytest.mark.django_db
def test_plain_message_gets_the_shops_look_and_stays_harmless():
    body = "Hello <b>Asha</b>,\n\nsee https://shop.example/x?a=1&b=2\n\nBye"
    get_connection(OUTBOX).send_messages([EmailMessage("Plain", body, to=["a@example.com"])])
    mail = OutgoingEmail.objects.get()
    assert (mail.text, mail.kind) == (body, "")
    assert "Hello &lt;b&gt;Asha&lt;/b&gt;,</p>" in mail.html.replace("\n", "")
    assert 'href="https://shop.example/x?a=1&amp;b=2"' in mail.html


@pytest.mark.django_db
def test_message_that_is_a_mail_of_the_shop_has_its_words():
    message = EmailMessage("Reset", "Text", to=["a@example.com"])
    message.shop_mail = {
        "kind": "password_reset",
        "values": {"name": "Asha"},
        "context": {"url": "https://shop.example/key/", "button": "Choose"},
    }
    get_connection(OUTBOX).send_messages([message])
    mail = OutgoingEmail.objects.get()
    assert (mail.kind, mail.subject) == ("password_reset", "Choose a new password")
    for text in (mail.text, mail.html):
        assert "https://shop.example/key/" in text


@pytest.mark.django_db
@pytest.mark.parametrize("backend", [OUTBOX, MAILBOX])
@pytest.mark.parametrize("messages", [None, []])
def test_nothing_to_send_is_nothing(backend, messages, settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mail"
    assert get_connection(backend).send_messages(messages) == 0
    assert OutgoingEmail.objects.count() == 0


def test_mailbox_writes_a_file_that_the_page_can_read(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mail"
    message = EmailMultiAlternatives(
        "Danke schön", "Grüße", to=["a@example.com"], headers={"Message-ID": "<order.42.7@example.com>"}
    )
    message.attach_alternative("<p>Grüße</p>", "text/html")
    assert get_connection(MAILBOX).send_messages([message]) == 1
    assert [path.name for path in settings.MAILBOX_DIR.iterdir()] == ["order.42.7.eml"]
    (mail,) = list_mails()
    assert (mail.id, mail.subject, mail.to) == ("order.42.7", "Danke schön", "a@example.com")
    assert (mail.text.strip(), mail.html.strip()) == ("Grüße", "<p>Grüße</p>")


def test_mailbox_keeps_a_mail_that_is_sent_again_once(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path
    for text in ("First", "Second"):
        message = EmailMessage(
            "S", text, to=["a@example.com"], headers={"Message-ID": "<order.1@example.com>"}
        )
        get_connection(MAILBOX).send_messages([message])
    assert [mail.text.strip() for mail in list_mails()] == ["Second"]


def test_mailbox_names_a_mail_without_an_id(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path
    for _ in range(2):
        get_connection(MAILBOX).send_messages([EmailMessage("S", "T", to=["a@example.com"])])
    assert len(list_mails()) == 2
