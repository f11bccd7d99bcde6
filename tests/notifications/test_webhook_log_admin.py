import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services.announcements import announce
from tests.factories.users import make_admin, make_staff
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(make_admin())
    return client


def make_delivery(key: str = "1", *, kind: str = "order.paid", **columns) -> WebhookDelivery:
    if not WebhookEndpoint.objects.exists():
        make_endpoint("order.paid", "stock.low")
    announce(kind=kind, key=key, describe=lambda: {"id": 42, "title": "<b>दीया</b>"})
    rows = WebhookDelivery.objects.filter(key=f"{kind}:{key}")
    rows.update(**columns)
    return rows.get()


def url_of(name: str, *pk: int) -> str:
    return reverse(f"webhook_deliveries:{name}", args=pk)


def test_log_is_filtered_by_endpoint_kind_and_status(admin):
    make_delivery("1", status="sent", answer_status=204)
    make_delivery("2", status="failed", last_error="HTTP 500", kind="stock.low")
    page = admin.get(url_of("index")).content.decode()
    assert "HTTP 204" in page
    assert "HTTP 500" in page
    for query in ("status=failed", "kind=stock.low"):
        page = admin.get(f"{url_of('index')}?{query}").content.decode()
        assert ("HTTP 204" in page, "HTTP 500" in page) == (False, True)
    assert "HTTP" not in admin.get(f"{url_of('index')}?endpoint=&kind=test").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_log_costs_as_much_for_many_rows(admin, count_queries, rows):
    for number in range(rows):
        make_delivery(str(number))
    admin.get(url_of("index"))
    with count_queries() as counted:
        admin.get(url_of("index"))
    # The admin around it asks for itself.
    about_webhooks = [sql for sql in counted.statements if "notifications_webhook" in sql]
    assert len(about_webhooks) == 3


def test_call_shows_what_was_sent_and_what_came_back(admin):
    delivery = make_delivery(status="queued", answer_status=500, answer="<script>", last_error="HTTP 500")
    page = admin.get(url_of("inspect", delivery.pk)).content.decode()
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;दीया&lt;/b&gt;" in page
    assert str(delivery.event_id) in page


def test_call_is_sent_again(admin):
    delivery = make_delivery(status="failed")
    answer = admin.post(url_of("resend", delivery.pk), follow=True)
    assert "The event is on its way again." in answer.content.decode()
    assert WebhookDelivery.objects.get().status == "queued"


def test_call_is_not_sent_while_its_endpoint_is_off(admin):
    delivery = make_delivery(status="failed")
    WebhookEndpoint.objects.update(is_enabled=False)
    answer = admin.post(url_of("resend", delivery.pk), follow=True)
    assert "The endpoint is switched off: enable it first." in answer.content.decode()
    assert WebhookDelivery.objects.get().status == "failed"


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_log_is_changed_by_nobody(admin, name):
    delivery = make_delivery()
    assert admin.get(url_of(name, delivery.pk)).status_code in (302, 403)
    assert admin.post(url_of(name, delivery.pk), {"status": "sent"}).status_code in (302, 403)
    assert WebhookDelivery.objects.get().status == "queued"


def test_who_may_look_may_not_send_again(client):
    reader = make_staff()
    codenames = ("access_admin", "view_webhookdelivery")
    reader.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    client.force_login(reader)
    delivery = make_delivery(status="failed")
    page = client.get(url_of("inspect", delivery.pk))
    assert page.status_code == 200
    assert "Send it again" not in page.content.decode()
    assert client.post(url_of("resend", delivery.pk)).url == "/admin/"
    assert WebhookDelivery.objects.get().status == "failed"
