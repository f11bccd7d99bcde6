from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail as transport
from django.utils import timezone

from notifications import tasks
from notifications.models import OutgoingEmail
from notifications.services.outbox import DELIVERY_TASK, queue_email

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


def queue(purpose: str, **fields) -> None:
    queue_email(purpose=purpose, to="asha@example.com", subject=purpose, text="Hello", **fields)


def test_task_is_known_by_the_name_that_the_outbox_sends():
    assert DELIVERY_TASK in current_app.tasks
    assert current_app.conf.beat_schedule["sweep-outbox"]["schedule"] == 15.0


def test_task_delivers_one_mail():
    queue("welcome:1")
    queue("welcome:2")
    tasks.deliver_email("welcome:1")
    assert [message.subject for message in transport.outbox] == ["welcome:1"]


def test_sweep_delivers_what_is_due_oldest_first():
    now = timezone.now()
    queue("late:1", send_after=now - timedelta(minutes=1))
    queue("later:1", send_after=now + timedelta(minutes=1))
    queue("early:1", send_after=now - timedelta(minutes=2))
    tasks.sweep_outbox()
    assert [message.subject for message in transport.outbox] == ["early:1", "late:1"]
    tasks.sweep_outbox()
    assert len(transport.outbox) == 2


def test_sweep_goes_on_after_a_mail_that_fails(settings):
    settings.MAIL_TRANSPORT = "tests.notifications.services.test_delivery.FailingTransport"
    queue("first:1")
    queue("second:1")
    tasks.sweep_outbox()
    assert list(OutgoingEmail.objects.values_list("attempts", flat=True)) == [1, 1]


def test_sweep_settles_mails_of_senders_that_died():
    queue("dead:1")
    OutgoingEmail.objects.update(status="sending", claimed_at=timezone.now() - timedelta(minutes=4))
    tasks.sweep_outbox()
    assert OutgoingEmail.objects.get().status == "unknown"
    assert transport.outbox == []
