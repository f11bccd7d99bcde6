import pytest
from django.contrib.auth.models import Permission

from checkout.models import WebhookEvent
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> WebhookEvent:
    return WebhookEvent.objects.create(
        event_id="evt_1", name="payment.captured", body="{}", status="parked", why="No use for it."
    )


def post(client, event: WebhookEvent, action: str, **data):
    return client.post(f"/admin/webhooks/{event.pk}/{action}/", data, follow=True)


def test_parked_event_offers_what_may_be_done_and_shows_what_was(client, event):
    client.force_login(make_admin(email="owner@example.com"))
    page = client.get(f"/admin/checkout/webhookevent/inspect/{event.pk}/").content.decode()
    assert ("Try again" in page, "Set aside" in page, "History" in page) == (True, True, False)
    answer = post(client, event, "retry")
    assert answer.redirect_chain == [(f"/admin/checkout/webhookevent/inspect/{event.pk}/", 302)]
    page = answer.content.decode()
    assert "being processed again" in page
    assert "Tried again" in page[page.index("History") :]
    assert WebhookEvent.objects.get().status == "received"
    assert "does not wait for anybody" in post(client, event, "retry").content.decode()


def test_setting_aside_needs_a_reason(client, event):
    client.force_login(make_admin())
    assert "Say why" in post(client, event, "set-aside").content.decode()
    assert WebhookEvent.objects.get().status == "parked"
    page = post(client, event, "set-aside", reason="Of our other shop").content.decode()
    assert "Of our other shop" in page[page.index("History") :]
    assert WebhookEvent.objects.get().status == "set_aside"


def test_both_need_the_right_to_change_events(client, event):
    user = make_staff()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_webhookevent"]))
    client.force_login(user)
    for action in ("retry", "set-aside"):
        post(client, event, action, reason="Mine")
    assert WebhookEvent.objects.get().status == "parked"
    page = client.get(f"/admin/checkout/webhookevent/inspect/{event.pk}/").content.decode()
    assert "Try again" not in page
