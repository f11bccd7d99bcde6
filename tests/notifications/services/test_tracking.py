import pytest
from django.utils import timezone

from notifications.enums import ConsentTopic, EmailStep
from notifications.models import Consent, EmailEvent, OutgoingEmail, Suppression
from notifications.services.consents import give_consent
from notifications.services.delivery import deliver_email
from notifications.services.messages import build_message
from notifications.services.outbox import queue_email
from notifications.services.suppressions import is_suppressed, lift_suppression
from notifications.services.tracking import Report, record_report
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def make_mail(status: str = "sent", purpose: str = "welcome:1", **fields) -> OutgoingEmail:
    queue_email(purpose=purpose, to="Asha@example.com", subject="S", text="T", **fields)
    OutgoingEmail.objects.filter(purpose=purpose).update(status=status)
    return OutgoingEmail.objects.get(purpose=purpose)


def report(email: OutgoingEmail, step: str, event_id: str = "", **fields) -> bool:
    known = {"recipient": "asha@example.com", "mail_id": str(email.pk), "at": NOW, **fields}
    return record_report(report=Report(event_id=event_id or step, step=EmailStep(step), **known))


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("sending", "delivered", "delivered"),
        ("sent", "delivered", "delivered"),
        ("unknown", "delivered", "delivered"),
        ("queued", "delivered", "delivered"),
        ("failed", "delivered", "delivered"),
        ("delivered", "opened", "opened"),
        ("opened", "delivered", "opened"),
        ("clicked", "opened", "clicked"),
        ("sent", "clicked", "clicked"),
        ("clicked", "complained", "complained"),
        ("complained", "opened", "complained"),
        ("delivered", "bounced", "bounced"),
        ("bounced", "delivered", "bounced"),
        ("sent", "deferred", "sent"),
        ("sent", "rejected", "failed"),
        ("opened", "rejected", "opened"),
        ("sent", "unsubscribed", "sent"),
    ],
)
def test_mail_moves_forward_only(before, step, after):
    email = make_mail(before)
    assert report(email, step, detail="250 OK") is True
    email.refresh_from_db()
    assert email.status == after
    assert list(EmailEvent.objects.values_list("email", "step", "at", "detail")) == [
        (email.pk, step, NOW, "250 OK")
    ]


def test_unknown_mail_is_settled_by_its_report():
    email = make_mail("unknown")
    report(email, "delivered")
    email.refresh_from_db()
    assert (email.status, email.sent_at, email.last_error) == ("delivered", NOW, "")
    assert deliver_email(purpose=email.purpose) is None


def test_report_that_comes_again_changes_nothing():
    email = make_mail()
    assert report(email, "delivered", "token-1") is True
    assert report(email, "complained", "token-1") is False
    email.refresh_from_db()
    assert (email.status, EmailEvent.objects.count(), Suppression.objects.count()) == ("delivered", 1, 0)


def test_mail_is_found_by_its_own_message_id():
    email = make_mail()
    message_id = build_message(email).extra_headers["Message-ID"]
    assert report(email, "delivered", mail_id="", message_id=message_id) is True


@pytest.mark.parametrize(
    "fields",
    [
        {"recipient": "eve@example.com"},
        {"mail_id": "999999"},
        {"mail_id": "9" * 40},
        {"mail_id": "x"},
        {"mail_id": "", "message_id": "<a@b>"},
    ],
)
def test_report_of_no_mail_of_ours_changes_nothing(fields):
    assert report(make_mail(), "bounced", **fields) is False
    assert not EmailEvent.objects.exists()


def test_bounce_of_a_bad_address_suppresses_it_and_staff_lift_that(django_user_model):
    email, staff = make_mail(), make_user()
    report(email, "bounced", detail="550 no such user", is_bad_address=True)
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.detail, row.since) == (
        "asha@example.com",
        "bounced",
        "550 no such user",
        NOW,
    )
    second = make_mail("queued", "welcome:2")
    assert deliver_email(purpose="welcome:2") == "suppressed"
    assert list(second.events.values_list("step", flat=True)) == ["suppressed"]
    assert [lift_suppression(suppression_id=row.pk, by_id=staff.pk, at=NOW) for _ in range(2)] == [
        True,
        False,
    ]
    assert not is_suppressed("asha@example.com")
    report(second, "bounced", "again", is_bad_address=True)
    row.refresh_from_db()
    assert (row.lifted_at, row.lifted_by, is_suppressed("ASHA@example.com")) == (None, None, True)


def test_bounce_that_is_not_the_addresss_fault_suppresses_nothing():
    report(make_mail(), "bounced", detail="too old")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(("step", "suppressed"), [("complained", True), ("unsubscribed", False)])
def test_who_wants_no_mail_has_no_consents(step, suppressed):
    give_consent(email="asha@example.com", topic=ConsentTopic.CART, source="s", wording="w", at=NOW)
    report(make_mail(), step)
    assert not Consent.objects.standing().exists()
    assert is_suppressed("asha@example.com") is suppressed


def test_marketing_mail_whose_consent_ended_does_not_leave():
    consent = give_consent(email="asha@example.com", topic=ConsentTopic.CART, source="s", wording="w", at=NOW)
    email = make_mail("queued", consent=consent)
    headers = build_message(email).extra_headers
    assert headers["List-Unsubscribe"].endswith(f"/mail/unsubscribe/{consent.token}/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Consent.objects.update(withdrawn_at=NOW, standing_key=None)
    assert deliver_email(purpose=email.purpose) == "dropped"
