"""What clients are told has the shapes that the schema says."""

import json
from decimal import Decimal

import jsonschema
import pytest
from django.conf import settings
from django.utils import timezone

from checkout.services.fulfilment import fulfil_order
from checkout.services.refunds import refund_order
from checkout.services.staff import set_payment_status
from notifications.models import WebhookDelivery
from notifications.selectors import list_kinds
from pages.services.products import update_product
from tests.factories.catalogue import make_product
from tests.factories.orders import make_expired_order, make_order
from tests.factories.users import make_customer, make_staff
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((settings.ROOT / "docs/openapi.json").read_text())


def check(body: dict) -> None:
    operation = SCHEMA["webhooks"][body["type"]]["post"]
    (content,) = operation["requestBody"]["content"].values()
    whole = {**content["schema"], "components": SCHEMA["components"]}
    jsonschema.validate(body, whole, format_checker=jsonschema.FormatChecker())
    name = content["schema"]["$ref"].rpartition("/")[2]
    described = SCHEMA["components"]["schemas"][name]["properties"]["data"]["$ref"].rpartition("/")[2]
    assert list(body["data"]) == list(SCHEMA["components"]["schemas"][described]["properties"])


def test_every_event_has_the_shape_that_the_schema_says():
    make_endpoint(*(kind for kind, _label in list_kinds()))
    lamp, staff = make_product(inventory=20, low_stock_threshold=5), make_staff()
    order = make_order((lamp, 15), customer=make_customer())
    set_payment_status(order_id=order.pk, payment_status="C", user=staff)
    refund_order(order_id=order.pk, amount=Decimal(1), reason="Dented")
    fulfil_order(order_id=order.pk, at=timezone.now())
    make_expired_order((lamp, 1))
    update_product(product_id=lamp.pk, changes={"unit_price": 50})
    bodies = [json.loads(delivery.body) for delivery in WebhookDelivery.objects.all()]
    assert {body["type"] for body in bodies} == set(SCHEMA["webhooks"])
    for body in bodies:
        check(body)
