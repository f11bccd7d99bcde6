from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services.announcements import announce
from notifications.services.webhook_secrets import make_secret
from tests.factories.users import make_admin, make_staff
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Warehouse",
    "url": "https://client.example.com/events",
    "kinds": ["order.paid", "stock.low"],
    "is_enabled": "on",
}


@pytest.fixture
def admin(client):
    client.force_login(make_admin())
    return client


def add(client, **fields):
    return client.post(reverse("webhook_endpoints:add"), {**FORM, **fields})


def edit(client, endpoint, **fields):
    url = reverse("webhook_endpoints:edit", args=[endpoint.pk])
    return client.post(url, {key: value for key, value in {**FORM, **fields}.items() if value is not None})


def test_new_endpoint_shows_its_secret_once(admin):
    answer = add(admin)
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.name, endpoint.url, endpoint.is_enabled) == ("Warehouse", FORM["url"], True)
    assert endpoint.kinds == ["order.paid", "stock.low"]
    url, secret = reverse("webhook_endpoints:secret", args=[endpoint.pk]), make_secret(endpoint.salt)
    assert answer["Location"] == url
    first, second = admin.get(url), admin.get(url)
    assert secret in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert secret not in second.content.decode()
    assert secret not in admin.get(reverse("webhook_endpoints:edit", args=[endpoint.pk])).content.decode()


def test_new_secret_is_shown_once_and_the_old_one_stays_for_a_day(admin):
    endpoint = make_endpoint()
    old = make_secret(endpoint.salt)
    answer = admin.post(reverse("webhook_endpoints:rotate", args=[endpoint.pk]), follow=True)
    endpoint.refresh_from_db()
    assert make_secret(endpoint.salt) in answer.content.decode()
    assert old not in answer.content.decode()
    assert make_secret(endpoint.previous_salt) == old
    assert "calls are signed with the old secret, too" in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://client.example.com/", "The address begins with https://"),
        ("https://localhost/events", "public addresses only"),
        ("https://127.0.0.1/events", "public addresses only"),
        ("https://[::ffff:10.0.0.1]/", "public addresses only"),
        ("https://asha:pass@client.example.com/", "Leave out user name, password"),
        ("https://client.example.com/#top", "Leave out user name, password"),
        ("https://दुकान.example.com/", "Write the address in ASCII"),
        ("not an address", "Enter a valid URL"),
    ],
)
def test_address_that_cannot_be_called_is_refused_and_stays_in_the_form(admin, url, sentence):
    answer = add(admin, url=url)
    assert sentence in answer.content.decode()
    assert answer.context["form"]["url"].value() == url
    assert not WebhookEndpoint.objects.exists()


def test_private_addresses_are_taken_where_the_setting_allows_them(admin, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    assert add(admin, url="http://127.0.0.1:9000/events").status_code == 302
    assert "begins with https:// or http://" in add(admin, url="ftp://127.0.0.1/").content.decode()


def test_endpoint_listens_to_something(admin):
    assert "This field is required" in add(admin, kinds=[]).content.decode()
    assert "not one of the available choices" in add(admin, kinds=["order.eaten"]).content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_endpoint_that_is_switched_on_again_sends_what_waits(admin):
    endpoint, now = make_endpoint(), timezone.now()
    announce(kind="order.paid", key="1", describe=dict)
    WebhookDelivery.objects.update(send_after=now + timedelta(hours=4))
    broken = {"is_enabled": False, "failures": 30, "failing_since": now, "disabled_why": "HTTP 500"}
    WebhookEndpoint.objects.update(**broken)
    page = admin.get(reverse("webhook_endpoints:edit", args=[endpoint.pk])).content.decode()
    assert "Off. HTTP 500" in page
    assert "1 event waits." in page
    edit(admin, endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, endpoint.failures, endpoint.disabled_why) == (True, 0, "")
    assert WebhookDelivery.objects.due(timezone.now()).count() == 1
    edit(admin, endpoint, is_enabled=None)
    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, endpoint.disabled_why) == (False, "Switched off by staff.")


def test_saving_an_endpoint_that_is_on_leaves_its_pauses(admin):
    endpoint, later = make_endpoint(failures=3), timezone.now() + timedelta(hours=4)
    announce(kind="order.paid", key="1", describe=dict)
    WebhookDelivery.objects.update(send_after=later)
    edit(admin, endpoint, name="Till")
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.failures) == ("Till", 3)
    assert WebhookDelivery.objects.get().send_after == later


def test_test_event_leads_to_its_call(admin):
    endpoint = make_endpoint()
    answer = admin.post(reverse("webhook_endpoints:test", args=[endpoint.pk]), follow=True)
    delivery = WebhookDelivery.objects.get()
    assert answer.redirect_chain[0][0] == reverse("webhook_deliveries:inspect", args=[delivery.pk])
    assert "A test for Warehouse." in answer.content.decode()


def test_test_event_is_refused_while_the_endpoint_is_off(admin):
    endpoint = make_endpoint(is_enabled=False)
    answer = admin.post(reverse("webhook_endpoints:test", args=[endpoint.pk]), follow=True)
    assert "The endpoint is switched off: enable it first." in answer.content.decode()
    assert not WebhookDelivery.objects.exists()


def test_list_says_how_each_endpoint_is(admin):
    make_endpoint(name="A")
    make_endpoint(name="B", failing_since=timezone.now())
    make_endpoint(name="C", is_enabled=False, disabled_why="Every call failed.")
    page = admin.get(reverse("webhook_endpoints:index")).content.decode()
    assert "Failing since" in page
    assert "Off. Every call failed." in page


@pytest.mark.parametrize("name", ["index", "add", "edit", "delete", "secret", "rotate", "test"])
def test_endpoints_are_for_those_who_may_change_them(client, name):
    editor = make_staff()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    endpoint = make_endpoint()
    url = reverse(f"webhook_endpoints:{name}", args=[] if name in ("index", "add") else [endpoint.pk])
    answer = client.post(url) if name in ("rotate", "test") else client.get(url)
    assert answer.status_code in (302, 403)
    assert "whsec_" not in answer.content.decode()
    assert not WebhookDelivery.objects.exists()
