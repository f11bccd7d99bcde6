import logging
import smtplib
import threading
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail as transport
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from notifications.models import OutgoingEmail
from notifications.services.delivery import build_message, deliver_email, settle_stuck_emails
from notifications.services.outbox import Attachment, queue_email
from tests.checkout.gateways.servers import NOTHING, RESET, SILENCE, answer, serve
from tests.notifications.servers import HANG, VANISH, serve_mail
from tests.parallel import run_at_once

pytestmark = pytest.mark.django_db

QUEUED = '{"id": "<1@mg.example.com>", "message": "Queued. Thank you."}'


class FailingTransport(BaseEmailBackend):
    """Stands where a mail server would."""

    error: Exception = smtplib.SMTPException("gone")

    def send_messages(self, email_messages) -> int:
        raise self.error


class CountingTransport(BaseEmailBackend):
    sent: list[str] = []
    lock = threading.Lock()

    def send_messages(self, email_messages) -> int:
        with self.lock:
            self.sent.extend(message.extra_headers["Message-ID"] for message in email_messages)
        return len(email_messages)


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def mailgun(settings):
    """Anymail as in production, with an address that the test gives."""
    settings.MAIL_TRANSPORT = "anymail.backends.mailgun.EmailBackend"

    def point_at(url: str) -> None:
        settings.ANYMAIL = {
            "MAILGUN_API_KEY": "key",
            "MAILGUN_API_URL": f"{url}/v3",
            "MAILGUN_SENDER_DOMAIN": "mg.example.com",
            "REQUESTS_TIMEOUT": 0.3,
        }

    return point_at


@pytest.fixture
def fail(settings, monkeypatch):
    settings.MAIL_TRANSPORT = f"{__name__}.FailingTransport"
    return partial(monkeypatch.setattr, FailingTransport, "error")


def queue(purpose: str = "welcome:1", **fields) -> OutgoingEmail:
    known = {"to": "asha@example.com", "subject": "Thank you", "text": "Hello", "html": "<p>Hello</p>"}
    queue_email(purpose=purpose, **{**known, **fields})
    return OutgoingEmail.objects.get(purpose=purpose)


def test_due_mail_is_sent():
    email = queue()
    assert deliver_email(purpose="welcome:1") == "sent"
    email.refresh_from_db()
    assert (email.status, email.attempts, email.last_error) == ("sent", 1, "")
    assert email.created_at <= email.claimed_at <= email.sent_at
    (message,) = transport.outbox
    assert (message.to, message.subject, message.body) == (["asha@example.com"], "Thank you", "Hello")
    assert message.from_email == "Haat <shop@example.com>"
    assert message.alternatives == [("<p>Hello</p>", "text/html")]


def test_mail_without_html_has_one_part():
    queue(html="")
    deliver_email(purpose="welcome:1")
    assert transport.outbox[0].alternatives == []


def test_message_id_depends_on_the_purpose_only(settings):
    settings.DEFAULT_FROM_EMAIL = "Haat <shop@mail.haat.example>"
    email = queue("order-confirmation:42")
    ids = {build_message(email).extra_headers["Message-ID"] for _ in range(2)}
    assert ids == {f"<order-confirmation.42.{email.pk}@mail.haat.example>"}


@pytest.mark.parametrize("status", ["sending", "sent", "unknown", "failed", "dropped"])
def test_mail_that_is_not_queued_is_not_sent(status):
    queue()
    OutgoingEmail.objects.update(status=status)
    assert deliver_email(purpose="welcome:1") is None
    assert transport.outbox == []
    assert OutgoingEmail.objects.values_list("status", "attempts").get() == (status, 0)


def test_mail_whose_time_has_not_come_is_not_sent():
    queue(send_after=timezone.now() + timedelta(minutes=1))
    assert deliver_email(purpose="welcome:1") is None
    assert deliver_email(purpose="welcome:2") is None
    assert transport.outbox == []


def test_mail_that_failed_is_tried_again_later_and_later(fail, caplog):
    email = queue()
    pauses = []
    for _ in range(12):
        OutgoingEmail.objects.update(send_after=timezone.now())
        with caplog.at_level(logging.WARNING):
            assert deliver_email(purpose="welcome:1") == "queued"
        email.refresh_from_db()
        pauses.append(round((email.send_after - email.claimed_at).total_seconds()))
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, 3600]
    assert (email.status, email.attempts, email.sent_at) == ("queued", 12, None)
    assert email.last_error == "SMTPException: gone"
    assert "Mail welcome:1 was not sent: gone" in caplog.text


def test_mail_is_tried_for_a_day_and_then_given_up(fail):
    queue()
    OutgoingEmail.objects.update(created_at=timezone.now() - timedelta(hours=23, minutes=59))
    assert deliver_email(purpose="welcome:1") == "queued"
    OutgoingEmail.objects.update(
        created_at=timezone.now() - timedelta(hours=24, minutes=1), send_after=timezone.now()
    )
    assert deliver_email(purpose="welcome:1") == "failed"
    assert OutgoingEmail.objects.get().last_error == "SMTPException: gone"


def test_mail_that_leaves_after_all_forgets_its_error(fail, settings):
    queue()
    deliver_email(purpose="welcome:1")
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingEmail.objects.update(send_after=timezone.now())
    assert deliver_email(purpose="welcome:1") == "sent"
    assert OutgoingEmail.objects.values_list("attempts", "last_error").get() == (2, "")


def test_mail_whose_answer_timed_out_is_unknown_and_not_sent_again(fail):
    fail(TimeoutError("no answer"))
    queue()
    assert deliver_email(purpose="welcome:1") == "unknown"
    assert deliver_email(purpose="welcome:1") is None
    assert OutgoingEmail.objects.get().last_error == "TimeoutError: no answer"


def test_long_error_is_cut(fail):
    fail(ValueError("x" * 5000))
    queue()
    deliver_email(purpose="welcome:1")
    assert len(OutgoingEmail.objects.get().last_error) == 2000


def test_mailgun_takes_the_mail(mailgun):
    queue()
    with serve(answer("200 OK", QUEUED)) as url:
        mailgun(url)
        assert deliver_email(purpose="welcome:1") == "sent"


@pytest.mark.parametrize(
    "reply",
    [
        answer("500 Internal Server Error", "{}"),
        answer("401 Unauthorized", "Forbidden"),
        answer("429 Slow", "{}"),
    ],
    ids=["500", "401", "429"],
)
def test_mail_that_mailgun_refused_is_tried_again(mailgun, reply):
    queue()
    with serve(reply) as url:
        mailgun(url)
        assert deliver_email(purpose="welcome:1") == "queued"


@pytest.mark.parametrize("reply", [SILENCE, NOTHING, RESET], ids=["silence", "nothing", "reset"])
def test_mail_whose_answer_was_lost_is_unknown(mailgun, reply):
    queue()
    with serve(reply) as url:
        mailgun(url)
        assert deliver_email(purpose="welcome:1") == "unknown"


def test_mail_that_found_no_mailgun_is_tried_again(mailgun):
    queue()
    mailgun("http://127.0.0.1:9")
    assert deliver_email(purpose="welcome:1") == "queued"


@pytest.fixture
def smtp(settings):
    """Django's SMTP transport, with a port that the test gives."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3
    return partial(setattr, settings, "EMAIL_PORT")


def test_mail_server_takes_the_mail(smtp):
    queue()
    with serve_mail() as (port, received):
        smtp(port)
        assert deliver_email(purpose="welcome:1") == "sent"
    assert [line for line in received if line.startswith("rcpt")] == ["rcpt TO:<asha@example.com>"]


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("HELLO", "421 try later"),
        ("HELLO", VANISH),
        ("HELLO", HANG),
        ("MAIL", "451 try later"),
        ("RCPT", "550 no such user"),
        ("DATA", "554 not now"),
        (".", "452 out of storage"),
    ],
)
def test_mail_that_the_server_did_not_take_is_tried_again(smtp, step, reply):
    queue()
    with serve_mail({step: reply}) as (port, _):
        smtp(port)
        assert deliver_email(purpose="welcome:1") == "queued"


def test_mail_that_found_no_server_is_tried_again(smtp):
    queue()
    smtp(9)
    assert deliver_email(purpose="welcome:1") == "queued"
    assert OutgoingEmail.objects.get().last_error.startswith("NotConnected: ConnectionRefusedError")


@pytest.mark.parametrize("reply", [VANISH, HANG])
def test_mail_that_the_server_swallowed_without_a_word_is_unknown(smtp, reply):
    queue()
    with serve_mail({".": reply}) as (port, _):
        smtp(port)
        assert deliver_email(purpose="welcome:1") == "unknown"


def test_mail_is_sent_although_the_farewell_failed(smtp):
    queue()
    with serve_mail({"QUIT": "500 what?"}) as (port, _):
        smtp(port)
        assert deliver_email(purpose="welcome:1") == "sent"


def test_mail_whose_sender_died_is_unknown():
    for purpose in ("dead:1", "alive:1", "waiting:1"):
        queue(purpose)
    now = timezone.now()
    for purpose, seconds in (("dead:1", 181), ("alive:1", 170)):
        OutgoingEmail.objects.filter(purpose=purpose).update(
            status="sending", claimed_at=now - timedelta(seconds=seconds)
        )
    assert settle_stuck_emails() == 1
    assert dict(OutgoingEmail.objects.values_list("purpose", "status")) == {
        "dead:1": "unknown",
        "alive:1": "sending",
        "waiting:1": "queued",
    }
    assert (
        OutgoingEmail.objects.get(purpose="dead:1").last_error == "The sender stopped before an answer came."
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_mail_that_many_workers_deliver_is_sent_once(settings, monkeypatch):
    settings.MAIL_TRANSPORT = f"{__name__}.CountingTransport"
    monkeypatch.setattr(CountingTransport, "sent", [])
    email = queue()
    results = run_at_once([partial(deliver_email, purpose="welcome:1")] * 10)
    assert sorted(map(str, results)) == ["None"] * 9 + ["sent"]
    assert CountingTransport.sent == [f"<welcome.1.{email.pk}@example.com>"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_mail_that_is_queued_at_once_is_one():
    run_at_once([partial(queue_email, purpose="p:1", to="a@b.in", subject="S", text="T")] * 10)
    assert OutgoingEmail.objects.count() == 1


def load_report(reference: str) -> bytes:
    """Stands where the application names who knows its files."""
    return {"report:1": b"a,b\n1,2\n"}[reference]


@pytest.fixture
def reports(settings):
    settings.MAIL_ATTACHMENT_LOADERS = {"report": "tests.notifications.services.test_delivery.load_report"}


def queue_report(reference: str) -> None:
    report = Attachment(name="report.csv", reference=reference, content_type="text/csv")
    queue_email(
        purpose="report:1", to="a@example.com", subject="Report", text="Attached.", attachments=[report]
    )


def test_attachment_is_read_when_the_mail_leaves(reports):
    queue_report("report:1")
    assert deliver_email(purpose="report:1") == "sent"
    assert transport.outbox[0].attachments == [("report.csv", "a,b\n1,2\n", "text/csv")]


def test_mail_waits_for_an_attachment_that_cannot_be_read(reports):
    queue_report("report:2")
    assert deliver_email(purpose="report:1") == "queued"
    assert transport.outbox == []
    waiting = OutgoingEmail.objects.get()
    assert waiting.last_error == "AttachmentUnavailable: report.csv: KeyError: 'report:2'"
    assert waiting.send_after > timezone.now()


def test_attachments_of_a_mail_queued_twice_go_once(reports):
    queue_report("report:1")
    queue_report("report:1")
    assert deliver_email(purpose="report:1") == "sent"
    assert len(transport.outbox[0].attachments) == 1
