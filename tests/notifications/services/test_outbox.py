from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import OutgoingEmail
from notifications.services.outbox import drop_email, queue_email

pytestmark = pytest.mark.django_db

MAIL = {"to": "asha@example.com", "subject": "Thank you", "text": "Hello", "html": "<p>Hello</p>"}


def test_queued_mail_is_a_row_that_may_leave_at_once():
    before = timezone.now()
    queue_email(purpose="welcome:1", **MAIL)
    mail = OutgoingEmail.objects.get()
    assert (mail.purpose, mail.to, mail.subject) == ("welcome:1", "asha@example.com", "Thank you")
    assert (mail.text, mail.html) == ("Hello", "<p>Hello</p>")
    assert (mail.status, mail.attempts, mail.last_error) == ("queued", 0, "")
    assert (mail.claimed_at, mail.sent_at) == (None, None)
    assert before <= mail.created_at == mail.send_after <= timezone.now()
    assert str(mail) == "Thank you → asha@example.com"


def test_mail_is_queued_once_per_purpose():
    queue_email(purpose="welcome:1", **MAIL)
    queue_email(purpose="welcome:1", **{**MAIL, "text": "Second"})
    queue_email(purpose="welcome:2", **MAIL)
    assert list(OutgoingEmail.objects.order_by("pk").values_list("purpose", "text")) == [
        ("welcome:1", "Hello"),
        ("welcome:2", "Hello"),
    ]


def test_subject_is_one_line_of_its_columns_length():
    queue_email(purpose="welcome:1", **{**MAIL, "subject": "\n Thank\r\n  you \t " + "x" * 300})
    assert OutgoingEmail.objects.get().subject == "Thank you " + "x" * 245


def test_mail_is_delivered_after_the_commit(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue_email(purpose="welcome:1", **MAIL)
    assert broker.sent == [("notifications.deliver_email", ["welcome:1"])]


def test_mail_that_waits_is_left_to_the_sweep(django_capture_on_commit_callbacks):
    later = timezone.now() + timedelta(minutes=5)
    with django_capture_on_commit_callbacks() as callbacks:
        queue_email(purpose="welcome:1", **MAIL, send_after=later)
    assert callbacks == []
    mail = OutgoingEmail.objects.get()
    assert mail.send_after == later
    assert not OutgoingEmail.objects.due(later - timedelta(seconds=1)).exists()
    assert list(OutgoingEmail.objects.due(later)) == [mail]


def test_mail_costs_one_statement(count_queries):
    with count_queries() as counted:
        queue_email(purpose="welcome:1", **MAIL)
    assert len(counted) == 1


def test_waiting_mail_is_dropped_once():
    queue_email(purpose="welcome:1", **MAIL)
    queue_email(purpose="welcome:2", **MAIL)
    assert [drop_email(purpose="welcome:1") for _ in range(2)] == [True, False]
    assert dict(OutgoingEmail.objects.values_list("purpose", "status")) == {
        "welcome:1": "dropped",
        "welcome:2": "queued",
    }
    assert drop_email(purpose="welcome:3") is False


@pytest.mark.parametrize("status", ["sending", "sent", "unknown", "failed"])
def test_mail_that_is_on_its_way_is_not_dropped(status):
    queue_email(purpose="welcome:1", **MAIL)
    OutgoingEmail.objects.update(status=status)
    assert drop_email(purpose="welcome:1") is False
    assert OutgoingEmail.objects.get().status == status
