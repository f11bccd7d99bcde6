"""Deliveries to a Mailgun that delays, refuses, hangs and lies: nothing is lost, nothing goes twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from notifications import tasks
from notifications.models import EmailEvent, OutgoingEmail
from notifications.services.delivery import deliver_email
from notifications.services.outbox import queue_email
from tests.notifications.mailgun import HANG, LIE, TAKE, Mailgun, run_mailgun

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailgun(settings) -> Iterator[Mailgun]:
    settings.MAIL_TRANSPORT = "anymail.backends.mailgun.EmailBackend"
    with run_mailgun() as mailgun:
        settings.ANYMAIL = {
            "MAILGUN_API_KEY": "key",
            "MAILGUN_API_URL": f"{mailgun.url}/v3",
            "MAILGUN_SENDER_DOMAIN": "mg.example.com",
            "REQUESTS_TIMEOUT": 0.3,
        }
        yield mailgun


def queue(purpose: str = "welcome:1", **fields) -> OutgoingEmail:
    queue_email(purpose=purpose, to="asha@example.com", subject=purpose, text="Hello", **fields)
    return OutgoingEmail.objects.get(purpose=purpose)


def statuses() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("status", flat=True))


def test_mail_carries_its_tag_and_what_a_report_needs(mailgun):
    email = queue("order-confirmation:42", kind="order_confirmation", about="order:42")
    assert deliver_email(purpose=email.purpose) == "sent"
    (fields,) = mailgun.taken
    assert fields["o:tag"] == ["order_confirmation"]
    assert (fields["v:mail"], fields["v:about"]) == ([str(email.pk)], ["order:42"])
    assert fields["h:Message-Id"] == [f"<order-confirmation.42.{email.pk}@example.com>"]
    assert "o:tracking-clicks" not in fields


def test_links_of_accounts_are_not_rewritten(mailgun):
    queue("reset:1", kind="password_reset")
    deliver_email(purpose="reset:1")
    (fields,) = mailgun.taken
    assert (fields["o:tracking-clicks"], fields["o:tracking-opens"]) == (["no"], ["no"])


def test_mail_waits_as_long_as_mailgun_asks_and_so_do_the_others(mailgun):
    mailgun.plan = [(429, {"Retry_After": "120"}), TAKE]
    first, second = queue("one:1"), queue("two:1")
    tasks.sweep_outbox()
    assert (statuses(), mailgun.asked) == (["queued", "queued"], 1)
    first.refresh_from_db()
    assert 119 < (first.send_after - first.claimed_at).total_seconds() < 125
    assert OutgoingEmail.objects.get(pk=second.pk).attempts == 0
    assert deliver_email(purpose="two:1") is None


@pytest.mark.parametrize(
    ("headers", "least"), [({}, 60), ({"Retry_After": "soon"}, 60), ({"Retry_After": "999999999"}, 3600)]
)
def test_pause_that_mailgun_asks_for_has_bounds(mailgun, headers, least):
    mailgun.plan = [(429, headers)]
    email = queue()
    deliver_email(purpose="welcome:1")
    email.refresh_from_db()
    assert least <= (email.send_after - email.claimed_at).total_seconds() < least + 5


def test_refusals_leave_their_trace_and_the_mail_arrives_once(mailgun):
    mailgun.plan = [500, 503, TAKE]
    email = queue()
    for expected in ("queued", "queued", "sent"):
        OutgoingEmail.objects.update(send_after=timezone.now())
        assert deliver_email(purpose="welcome:1") == expected
    assert len(mailgun.taken) == 1
    steps = list(EmailEvent.objects.filter(email=email).values_list("step", flat=True))
    assert steps == ["tried", "tried"]
    assert "500" in EmailEvent.objects.first().detail


@pytest.mark.parametrize(("step", "count"), [(LIE, 1), (HANG, 0)])
def test_mail_without_an_answer_is_unknown_and_the_others_wait(mailgun, step, count):
    mailgun.plan = [step, TAKE]
    queue("one:1")
    queue("two:1")
    tasks.sweep_outbox()
    assert (statuses(), len(mailgun.taken)) == (["unknown", "queued"], count)
    assert list(EmailEvent.objects.values_list("step", flat=True)) == ["unknown"]


def test_report_that_comes_before_the_answer_is_kept(mailgun, monkeypatch):
    email = queue()

    def tell_first(message) -> None:
        OutgoingEmail.objects.update(status="delivered")

    monkeypatch.setattr("notifications.services.delivery.send_message", tell_first)
    assert deliver_email(purpose="welcome:1") == "delivered"
    email.refresh_from_db()
    assert email.sent_at is not None


def test_mail_whose_time_is_over_while_it_is_sent_is_unknown(mailgun, monkeypatch):
    queue()

    def run_out(message) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr("notifications.services.delivery.send_message", run_out)
    with pytest.raises(SoftTimeLimitExceeded):
        deliver_email(purpose="welcome:1")
    assert statuses() == ["unknown"]


def test_mail_that_staff_send_again_has_another_day(mailgun):
    mailgun.plan = [500]
    email = queue()
    yesterday = timezone.now() - timedelta(hours=25)
    OutgoingEmail.objects.update(created_at=yesterday)
    EmailEvent.objects.create(email=email, step="resent", at=timezone.now() - timedelta(hours=1))
    assert deliver_email(purpose="welcome:1") == "queued"
    EmailEvent.objects.update(at=yesterday)
    OutgoingEmail.objects.update(send_after=timezone.now())
    assert deliver_email(purpose="welcome:1") == "failed"
