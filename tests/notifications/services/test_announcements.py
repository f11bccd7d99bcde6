import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache

from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.models.webhook import LISTENED_KEY
from notifications.selectors import is_listened_to, list_kinds
from notifications.services.announcements import EndpointDisabled, announce, send_test
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def tell(kind: str = "order.paid", key: str = "42", **data) -> None:
    announce(kind=kind, key=key, describe=lambda: data)


def test_event_is_a_row_for_each_endpoint_that_listens():
    first, second = make_endpoint(name="A"), make_endpoint("order.paid", "stock.low", name="B")
    make_endpoint("stock.low", name="C")
    make_endpoint(name="D", is_enabled=False)
    tell(id=42, total=Decimal("71.90"), placed_at=AT, title="दीया")
    one, two = WebhookDelivery.objects.order_by("pk")
    assert [one.endpoint, two.endpoint] == [first, second]
    assert (one.kind, one.key, one.status, one.attempts) == ("order.paid", "order.paid:42", "queued", 0)
    assert (one.event_id, one.body) == (two.event_id, two.body)
    body = json.loads(one.body)
    assert (body["id"], body["type"]) == (str(one.event_id), "order.paid")
    assert datetime.fromisoformat(body["created_at"]) == one.created_at == one.send_after
    expected = {"id": 42, "total": 71.9, "placed_at": "2026-11-22T18:30:00Z", "title": "दीया"}
    assert body["data"] == expected
    assert list(body) == ["id", "type", "created_at", "data"]
    assert "दीया" in one.body


def test_event_is_announced_once_per_key():
    make_endpoint("order.paid", "order.placed")
    tell(a=1)
    tell(a=2)
    tell("order.placed", a=3)
    assert [json.loads(row.body)["data"]["a"] for row in WebhookDelivery.objects.order_by("pk")] == [1, 3]


def test_event_without_a_key_is_one_of_its_own():
    make_endpoint()
    tell(key="")
    tell(key="")
    assert WebhookDelivery.objects.values("event_id", "key").distinct().count() == 2


def test_event_is_sent_after_the_commit(broker, django_capture_on_commit_callbacks):
    endpoint = make_endpoint()
    with django_capture_on_commit_callbacks(execute=True):
        tell()
        assert broker.sent == []
    assert broker.sent == [("notifications.webhooks.deliver", [endpoint.pk, "order.paid:42"])]


def test_nobody_is_asked_where_nobody_listens(count_queries):
    make_endpoint("stock.low")
    assert not is_listened_to("order.paid")

    def describe():
        raise AssertionError("nobody wants to know")

    with count_queries() as counted:
        announce(kind="order.paid", describe=describe)
    assert len(counted) == 0
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("endpoints", [1, 3])
def test_event_costs_two_statements_however_many_listen(count_queries, endpoints):
    for number in range(endpoints):
        make_endpoint(name=str(number))
    assert is_listened_to("order.paid")
    with count_queries() as counted:
        tell()
    assert len(counted) == 2
    assert WebhookDelivery.objects.count() == endpoints


def test_new_endpoint_is_heard_of_when_it_is_saved(django_capture_on_commit_callbacks):
    assert not is_listened_to("order.paid")
    with django_capture_on_commit_callbacks(execute=True):
        WebhookEndpoint.objects.create(name="New", url="https://client.example.com", kinds=["order.paid"])
    assert is_listened_to("order.paid")


def test_endpoint_that_went_meanwhile_gets_nothing():
    """The cache may still say that somebody listens."""
    endpoint = make_endpoint()
    assert is_listened_to("order.paid")
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(is_enabled=False)
    tell()
    assert cache.get(LISTENED_KEY) == {"order.paid"}
    assert not WebhookDelivery.objects.exists()


def test_kinds_are_those_of_orders_and_products():
    assert [kind for kind, _label in list_kinds()] == [
        "order.placed",
        "order.paid",
        "order.fulfilled",
        "order.refunded",
        "order.cancelled",
        "product.changed",
        "stock.low",
    ]


def test_test_event_goes_to_one_endpoint(broker, django_capture_on_commit_callbacks):
    endpoint, _other = make_endpoint(name="Till"), make_endpoint(name="Other")
    with django_capture_on_commit_callbacks(execute=True):
        delivery = send_test(endpoint_id=endpoint.pk)
    assert (delivery.endpoint, delivery.kind) == (endpoint, "test")
    assert json.loads(delivery.body)["data"] == {"message": "A test for Till."}
    assert broker.sent == [("notifications.webhooks.deliver", [endpoint.pk, delivery.key])]


def test_test_event_is_refused_while_the_endpoint_is_off():
    with pytest.raises(EndpointDisabled):
        send_test(endpoint_id=make_endpoint(is_enabled=False).pk)
    assert not WebhookDelivery.objects.exists()
