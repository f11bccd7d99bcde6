import hashlib
import hmac
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.core.cache import cache
from django.utils import timezone

from notifications import tasks
from notifications.gateways import receivers
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services import webhook_delivery
from notifications.services.announcements import DELIVERY_TASK, announce
from notifications.services.webhook_delivery import (
    SWEEP_KEY,
    deliver_due_events,
    deliver_event,
    find_next_pause,
)
from notifications.services.webhook_secrets import make_secret, rotate_secret
from tests.factories.webhooks import make_endpoint
from tests.notifications.receivers import HANG
from tests.parallel import run_at_once

pytestmark = pytest.mark.django_db


def tell(*keys: str, kind: str = "order.paid") -> None:
    for key in keys:
        announce(kind=kind, key=key, describe=lambda: {"id": 1})


def deliver(endpoint: WebhookEndpoint, key: str = "1") -> bool:
    return deliver_event(endpoint_id=endpoint.pk, key=f"order.paid:{key}")


def let_time_pass(**span) -> None:
    """Make everything due, as it is after a while, and older by so much."""
    now = timezone.now()
    WebhookEndpoint.objects.update(rests_until=None)
    WebhookDelivery.objects.update(send_after=now, created_at=now - timedelta(**span))


def test_event_that_is_taken_is_sent(receiver):
    endpoint = make_endpoint(url=receiver.url)
    tell("1")
    before = timezone.now()
    assert deliver(endpoint) is True
    row = WebhookDelivery.objects.get()
    assert (row.status, row.attempts, row.last_error) == ("sent", 1, "")
    assert (row.answer_status, row.answer) == (200, "thank you")
    assert before <= row.claimed_at <= row.sent_at <= timezone.now()
    assert deliver(endpoint) is False
    assert len(receiver.calls) == 1


def test_call_is_signed_and_says_which_event_it_is(receiver):
    endpoint = make_endpoint(url=receiver.url)
    tell("1")
    deliver(endpoint)
    (call,), row = receiver.calls, WebhookDelivery.objects.get()
    assert call.body.decode() == row.body
    assert (call.headers["Haat-Event"], call.headers["Haat-Delivery"]) == (str(row.event_id), str(row.pk))
    assert (call.headers["Content-Type"], call.headers["User-Agent"]) == (
        "application/json",
        "Haat-Webhooks/1",
    )
    seconds, signature = (part.partition("=")[2] for part in call.headers["Haat-Signature"].split(","))
    assert abs(int(seconds) - time.time()) < 5
    key = make_secret(endpoint.salt).encode()
    assert signature == hmac.new(key, seconds.encode() + b"." + call.body, hashlib.sha256).hexdigest()


def test_call_is_signed_with_both_secrets_after_a_rotation(receiver):
    endpoint = make_endpoint(url=receiver.url)
    rotate_secret(endpoint_id=endpoint.pk, now=timezone.now())
    tell("1")
    deliver(endpoint)
    seconds, *signatures = (
        part.partition("=")[2] for part in receiver.calls[0].headers["Haat-Signature"].split(",")
    )
    signed = seconds.encode() + b"." + receiver.calls[0].body
    endpoint.refresh_from_db()
    keys = [make_secret(salt).encode() for salt in (endpoint.salt, endpoint.previous_salt)]
    assert signatures == [hmac.new(key, signed, hashlib.sha256).hexdigest() for key in keys]


@pytest.mark.parametrize(
    ("reply", "error", "status"),
    [
        (500, "HTTP 500", 500),
        (302, "HTTP 302", 302),
        (410, "HTTP 410", 410),
        (HANG, "No answer in time.", None),
    ],
)
def test_event_that_is_not_taken_is_tried_again(receiver, monkeypatch, reply, error, status):
    monkeypatch.setattr(receivers, "ANSWER_SECONDS", 0.2)
    receiver.reply, receiver.text, receiver.location = reply, "no", "/elsewhere"
    endpoint = make_endpoint(url=receiver.url)
    tell("1")
    began_at = timezone.now()
    assert deliver(endpoint) is True
    row = WebhookDelivery.objects.get()
    assert (row.status, row.attempts, row.last_error) == ("queued", 1, error)
    assert (row.answer_status, row.answer) == (status, "no" if status else "")
    assert timedelta(seconds=24) <= row.send_after - began_at <= timedelta(seconds=38)
    receiver.reply = 204
    let_time_pass(minutes=1)
    assert deliver(endpoint) is True
    row.refresh_from_db()
    assert (row.status, row.attempts, row.last_error) == ("sent", 2, "")
    assert receiver.calls[-1].body.decode() == row.body
    assert [call.headers["Haat-Event"] for call in receiver.calls] == [str(row.event_id)] * 2


def test_address_that_is_refused_is_a_failure_like_any_other(receiver, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    deliver_to = make_endpoint(url=receiver.url.replace("http:", "https:"))
    tell("1")
    assert deliver(deliver_to) is True
    row = WebhookDelivery.objects.get()
    assert (row.status, row.last_error) == (
        "queued",
        "127.0.0.1 leads to 127.0.0.1, which is not a public address.",
    )
    assert receiver.calls == []


def test_pauses_grow_to_four_hours_with_jitter():
    pauses = [round(find_next_pause(attempts).total_seconds()) for attempts in (1, 2, 5, 9, 10, 40)]
    for pause, usual in zip(pauses, (30, 60, 480, 7680, 14400, 14400), strict=True):
        assert usual * 0.79 < pause < usual * 1.21
    assert len({find_next_pause(40) for _ in range(5)}) == 5


def test_event_is_tried_for_three_days_and_then_given_up(receiver):
    receiver.reply = 500
    endpoint = make_endpoint(url=receiver.url)
    tell("1")
    let_time_pass(days=2, hours=23, minutes=59)
    deliver(endpoint)
    assert WebhookDelivery.objects.get().status == "queued"
    let_time_pass(days=3, minutes=1)
    deliver(endpoint)
    assert WebhookDelivery.objects.values_list("status", "last_error").get() == ("failed", "HTTP 500")
    let_time_pass()
    assert deliver(endpoint) is False


def test_sweep_calls_oldest_first(receiver):
    make_endpoint(url=receiver.url)
    tell("1", "2", "3")
    now = timezone.now()
    WebhookDelivery.objects.filter(key="order.paid:3").update(send_after=now - timedelta(minutes=2))
    WebhookDelivery.objects.filter(key="order.paid:1").update(send_after=now - timedelta(minutes=1))
    WebhookDelivery.objects.filter(key="order.paid:2").update(send_after=now + timedelta(minutes=1))
    assert deliver_due_events(now=now) == 2
    ids = dict(WebhookDelivery.objects.values_list("key", "event_id"))
    called = [call.headers["Haat-Event"] for call in receiver.calls]
    assert called == [str(ids["order.paid:3"]), str(ids["order.paid:1"])]


def test_endpoint_that_fails_costs_a_sweep_one_call(receiver):
    broken = make_endpoint(url=receiver.url.replace("/events", "/broken"), name="Broken")
    receiver.reply = 500
    tell("1", "2", "3")
    assert deliver_due_events(now=timezone.now()) == 1
    assert WebhookDelivery.objects.filter(attempts=1).count() == 1
    receiver.reply = 200
    let_time_pass()
    assert deliver_due_events(now=timezone.now()) == 3
    broken.refresh_from_db()
    assert (broken.failures, broken.failing_since, broken.rests_until) == (0, None, None)


def test_nothing_goes_to_an_endpoint_that_is_off(receiver):
    endpoint = make_endpoint(url=receiver.url)
    tell("1")
    WebhookEndpoint.objects.update(is_enabled=False)
    assert deliver_due_events(now=timezone.now()) == 0
    assert deliver(endpoint) is False
    assert receiver.calls == []


def test_row_without_its_endpoint_is_left_alone(receiver):
    endpoint = make_endpoint(url=receiver.url)
    tell("1")
    WebhookEndpoint.objects.filter(pk=endpoint.pk)._raw_delete("default")
    assert deliver_due_events(now=timezone.now()) == 0
    assert deliver(endpoint) is False


def test_sweep_ends_in_time_and_one_runs_at_once(receiver, monkeypatch):
    make_endpoint(url=receiver.url)
    tell("1", "2")
    cache.set(SWEEP_KEY, True, 60)
    assert deliver_due_events(now=timezone.now()) == 0
    cache.delete(SWEEP_KEY)
    monkeypatch.setattr(webhook_delivery, "SWEEP_SECONDS", 0)
    assert deliver_due_events(now=timezone.now()) == 0
    assert cache.get(SWEEP_KEY) is None


def test_event_is_sent_again_where_the_sender_died_before_it_wrote_the_answer_down(receiver, monkeypatch):
    endpoint = make_endpoint(url=receiver.url)
    tell("1")

    def die(**arguments):
        raise SystemExit

    with monkeypatch.context() as crash:
        crash.setattr(webhook_delivery, "record_success", die)
        with pytest.raises(SystemExit):
            deliver(endpoint)
    assert WebhookDelivery.objects.get().status == "sending"
    now = timezone.now()
    assert deliver_due_events(now=now + timedelta(minutes=2, seconds=59)) == 0
    WebhookDelivery.objects.update(claimed_at=now - timedelta(minutes=4))
    assert deliver_due_events(now=now) == 1
    row = WebhookDelivery.objects.get()
    assert (row.status, row.attempts) == ("sent", 2)
    assert {call.headers["Haat-Event"] for call in receiver.calls} == {str(row.event_id)}
    assert len(receiver.calls) == 2


def test_sender_that_was_given_up_does_not_overwrite_another(receiver, monkeypatch):
    """It comes back with an error after its row was put back and sent."""
    receiver.reply = 500
    endpoint = make_endpoint(url=receiver.url)
    tell("1")

    def send_meanwhile(**call):
        monkeypatch.undo()
        receiver.reply = 200
        WebhookDelivery.objects.update(status="queued")
        assert deliver(endpoint) is True
        raise receivers.NotReceived("late")

    monkeypatch.setattr(webhook_delivery, "post", send_meanwhile)
    assert deliver(endpoint) is True
    row = WebhookDelivery.objects.get()
    assert (row.status, row.last_error, row.answer_status) == ("sent", "", 200)


@pytest.mark.django_db(transaction=True)
def test_two_workers_call_once_for_each_event(receiver):
    make_endpoint(url=receiver.url)
    tell(*map(str, range(12)))
    keys = list(WebhookDelivery.objects.order_by("pk").values_list("endpoint_id", "key"))

    def work() -> int:
        return sum(deliver_event(endpoint_id=endpoint_id, key=key) for endpoint_id, key in keys)

    counts = run_at_once([work, work])
    assert sum(counts) == 12
    assert len({call.headers["Haat-Event"] for call in receiver.calls}) == len(receiver.calls) == 12
    assert set(WebhookDelivery.objects.values_list("status", "attempts")) == {("sent", 1)}


def test_tasks_are_known_by_their_names_and_have_a_queue_of_their_own(receiver):
    schedule, router = current_app.conf.beat_schedule, current_app.amqp.router
    sweep = schedule["sweep-deliveries"]
    assert (sweep["task"], sweep["schedule"]) == ("notifications.webhooks.sweep", 15.0)
    assert schedule["clean-deliveries"]["task"] in current_app.tasks
    assert router.route({}, DELIVERY_TASK)["queue"].name == "webhooks"
    assert router.route({}, "notifications.webhooks.sweep")["queue"].name == "webhooks"
    assert router.route({}, "notifications.deliver_email")["queue"].name == "emails"
    endpoint = make_endpoint(url=receiver.url)
    tell("1", "2")
    current_app.tasks[DELIVERY_TASK](endpoint.pk, "order.paid:1")
    tasks.sweep_deliveries()
    assert len(receiver.calls) == 2
