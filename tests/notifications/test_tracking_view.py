import json

import pytest

from notifications.models import EmailEvent, OutgoingEmail
from notifications.services.outbox import queue_email
from tests.notifications.mailgun import SIGNING_KEY, make_report, sign

pytestmark = pytest.mark.django_db

URL = "/anymail/mailgun/tracking/"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}


@pytest.fixture
def email() -> OutgoingEmail:
    queue_email(purpose="welcome:1", to="asha@example.com", subject="S", text="T")
    OutgoingEmail.objects.update(status="sent")
    return OutgoingEmail.objects.get()


def post(client, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(URL, content, content_type="application/json", headers=headers)


def status() -> str:
    return OutgoingEmail.objects.values_list("status", flat=True).get()


def test_report_moves_the_mail_on_and_says_what_the_server_said(client, email):
    report = make_report(
        "failed",
        mail_id=email.pk,
        to="asha@example.com",
        severity="permanent",
        reason="bounce",
        **{"delivery-status": {"code": 550, "message": "5.1.1 no such user"}},
    )
    assert post(client, report).status_code == 200
    assert (status(), EmailEvent.objects.get().detail) == ("bounced", "5.1.1 no such user")


def test_click_says_which_link(client, email):
    url = "https://shop.example/cart/"
    post(client, make_report("clicked", mail_id=email.pk, to="asha@example.com", url=url))
    assert (status(), EmailEvent.objects.get().detail) == ("clicked", url)


def test_temporary_failure_is_a_step_and_no_bounce(client, email):
    post(client, make_report("failed", mail_id=email.pk, to="asha@example.com", severity="temporary"))
    assert (status(), EmailEvent.objects.get().step) == ("sent", "deferred")


def test_replay_with_another_body_changes_nothing(client, email):
    good = make_report("delivered", mail_id=email.pk, to="asha@example.com", token="t1")
    bad = make_report("complained", mail_id=email.pk, to="asha@example.com", token="t1")
    assert [post(client, body).status_code for body in (good, good, bad)] == [200, 200, 200]
    assert (status(), EmailEvent.objects.count()) == ("delivered", 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"7",
        b"{",
        b"\xff",
        {"signature": {}},
        {"signature": []},
        {"signature": sign("t", key="other"), "event-data": {"event": "delivered"}},
        {"signature": {**sign("t"), "signature": "ü"}, "event-data": {}},
        {"signature": {**sign("t"), "token": "ü"}, "event-data": {}},
        {"signature": {**sign("t"), "signature": None}, "event-data": {}},
        {"signature": sign("t"), "event-data": {}},
        {"signature": sign("t"), "event-data": []},
        {"signature": sign("t"), "event-data": {"event": "delivered", "timestamp": 1e300}},
        {"signature": sign("t"), "event-data": {"event": "delivered", "message": []}},
    ],
)
def test_what_is_no_signed_report_is_refused(client, email, body):
    assert post(client, body).status_code == 400
    assert (status(), EmailEvent.objects.count()) == ("sent", 0)


@pytest.mark.parametrize("event", ["accepted", "invented"])
def test_events_that_mean_nothing_to_us_are_taken(client, email, event):
    assert post(client, make_report(event, mail_id=email.pk, to="asha@example.com")).status_code == 200
    assert (status(), EmailEvent.objects.count()) == ("sent", 0)


def test_basic_auth_is_asked_for_where_it_is_set(client, email, settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ["haat:secret"]}
    body = make_report("delivered", mail_id=email.pk, to="asha@example.com")
    assert post(client, body).status_code == 400
    assert post(client, body, Authorization="Basic aGFhdDp3cm9uZw==").status_code == 400
    assert post(client, body, Authorization="Basic aGFhdDpzZWNyZXQ=").status_code == 200


def test_without_a_signing_key_there_is_no_such_address(client, email, settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": ""}
    body = {
        **make_report("delivered", mail_id=email.pk, to="asha@example.com"),
        "signature": sign("t", key=""),
    }
    assert post(client, body).status_code == 404


def test_address_is_for_posting_only(client):
    assert client.get(URL).status_code == 405
