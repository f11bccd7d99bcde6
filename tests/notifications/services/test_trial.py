import pytest

from notifications.enums import OutgoingStatus
from notifications.models import OutgoingEmail
from notifications.services import trial
from notifications.services.delivery import deliver_email
from notifications.services.trial import TrialFailed, send_trial_email

pytestmark = pytest.mark.django_db(transaction=True)


def test_mail_that_a_worker_sends_is_told_with_its_time(monkeypatch):
    monkeypatch.setattr(
        "database.transactions.current_app.send_task",
        lambda task, arguments: deliver_email(purpose=arguments[0]),
    )

    assert 0 <= send_trial_email(to="asha@example.com", wait_seconds=5) < 5
    assert OutgoingEmail.objects.get().to == "asha@example.com"


def test_mail_that_no_worker_takes_is_told(broker):
    with pytest.raises(TrialFailed, match=r"No worker took it within 0\.1 seconds"):
        send_trial_email(to="asha@example.com", wait_seconds=0.1)


@pytest.mark.parametrize(
    ("status", "attempts", "sentence"),
    [
        (OutgoingStatus.FAILED, 1, "The mail service refused it: no such domain"),
        (OutgoingStatus.QUEUED, 2, "Not sent after 2 attempts, it will be tried again: no such domain"),
    ],
)
def test_mail_that_was_tried_in_vain_says_why(monkeypatch, status, attempts, sentence):
    def try_in_vain(*, purpose, to):
        OutgoingEmail.objects.create(
            purpose=purpose, to=to, status=status, attempts=attempts, last_error="no such domain"
        )

    monkeypatch.setattr(trial, "queue_trial", try_in_vain)

    with pytest.raises(TrialFailed, match=sentence):
        send_trial_email(to="asha@example.com", wait_seconds=0.1)
