from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.models import Concern
from notifications.models import EmailEvent, OutgoingEmail
from notifications.services.dead_mails import report_dead_emails, resend_email
from notifications.services.outbox import queue_email
from tests.factories.orders import make_order
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def make_mail(status: str, *, hours: float = 25, purpose: str = "welcome:1", **fields) -> OutgoingEmail:
    queue_email(purpose=purpose, to="asha@example.com", subject="Hello", text="T", **fields)
    claimed = NOW - timedelta(hours=hours)
    OutgoingEmail.objects.filter(purpose=purpose).update(status=status, claimed_at=claimed, last_error="gone")
    return OutgoingEmail.objects.get(purpose=purpose)


@pytest.fixture(autouse=True)
def _staff(settings):
    settings.STAFF_EMAILS = ["owner@example.com"]


def test_mail_that_was_given_up_is_put_before_staff_once():
    order = make_order()
    OutgoingEmail.objects.all().delete()
    email = make_mail("failed", hours=0, about=f"order:{order.pk}")
    assert [report_dead_emails(now=NOW) for _ in range(2)] == [1, 0]
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == (f"mail-dead:{email.pk}", order)
    assert concern.text == "The mail “Hello” to asha@example.com could not be sent: gone"
    assert list(email.events.values_list("step", flat=True)) == ["reported"]
    assert OutgoingEmail.objects.filter(to="owner@example.com", kind="staff_notice").count() == 1


@pytest.mark.parametrize(("hours", "count"), [(23.9, 0), (24.1, 1)])
def test_mail_without_a_word_is_put_before_staff_after_a_day(hours, count):
    make_mail("unknown", hours=hours)
    assert report_dead_emails(now=NOW) == count
    assert Concern.objects.count() == count


@pytest.mark.parametrize("status", ["queued", "sending", "sent", "delivered", "dropped", "suppressed"])
def test_mail_that_is_alive_is_left_alone(status):
    make_mail(status)
    assert report_dead_emails(now=NOW) == 0


def test_dead_mail_to_staff_causes_no_other_mail():
    make_mail("failed", kind="staff_notice")
    assert report_dead_emails(now=NOW) == 1
    assert (Concern.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


@pytest.mark.parametrize("status", ["failed", "unknown", "suppressed", "bounced"])
def test_staff_send_a_mail_again(status, broker, django_capture_on_commit_callbacks):
    email = make_mail(status)
    with django_capture_on_commit_callbacks(execute=True):
        assert resend_email(email_id=email.pk, at=NOW) is True
    email.refresh_from_db()
    assert (email.status, email.attempts, email.send_after) == ("queued", 0, NOW)
    assert EmailEvent.objects.get().step == "resent"
    assert broker.sent == [("notifications.deliver_email", ["welcome:1"])]


def test_mail_that_arrived_is_not_sent_again():
    make_user()
    email = make_mail("delivered")
    assert resend_email(email_id=email.pk, at=NOW) is False


@pytest.mark.parametrize("kind", ["staff_notice", "staff_low_stock"])
def test_dead_mail_to_staff_causes_no_further_mail_to_them(kind):
    make_mail("failed", hours=0, purpose="x:1", kind=kind)

    assert report_dead_emails(now=NOW) == 1

    assert Concern.objects.count() == 1
    assert OutgoingEmail.objects.count() == 1
