"""No status is documented that nothing brings about, and each answer keeps to the shape documented for it."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone
from jsonschema import Draft202012Validator

from checkout.models import Order
from checkout.services.expiry import cancel_order
from tests.api.documented import ANY_UUID, USUAL, Operation, Stage, find_operations, read_schema
from tests.api.permission_world import World, make_world, undone
from tests.api.test_webhook import EVENT, sign
from tests.api.wire import Answer
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, make_product, warm_settings
from tests.factories.orders import make_intent, make_payment
from tests.factories.uploads import as_upload, draw
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db
PAID_ORDER = "api-refunds.order_id"


@pytest.fixture
def world(simulator) -> World:
    warm_settings()
    return make_world()


@pytest.mark.parametrize("operation", find_operations(), ids=str)
def test_documented_statuses(world, operation, monkeypatch):
    stage = Stage(operation, world, monkeypatch)
    for status in operation.statuses:
        bring_about = SPECIAL.get((str(operation), status), USUAL.get(status))
        assert bring_about, f"{operation} documents {status}, and nothing here brings it about"
        answer = bring_about(stage)
        assert (str(operation), answer.status, answer.content if answer.status != status else b"") == (
            str(operation),
            status,
            b"",
        )
        check_shape(operation, answer)


def check_shape(operation: Operation, answer: Answer) -> None:
    responses = read_schema()["paths"][operation.path][operation.method.lower()]["responses"]
    documented = responses[str(answer.status)].get("content")
    if documented is None:
        assert answer.content == b""
        return
    if "application/pdf" in documented:
        assert answer.content.startswith(b"%PDF-")
        return
    schema = {**documented["application/json"]["schema"], "components": read_schema()["components"]}
    Draft202012Validator(schema).validate(json.loads(answer.content))


def change_body(stage: Stage, **changes) -> Answer:
    caller = stage.pick(200, 201, 204)
    return stage.ask(caller, body=stage.body(caller, **changes))


def ask_for_paid_order(stage: Stage, **said) -> Answer:
    return stage.ask("superuser", ids={"order_id": stage.world.ids[PAID_ORDER]}, **said)


def upload_picture(stage: Stage) -> Answer:
    content, kind = as_upload(draw("PNG"))
    return stage.ask("staff", content=content, kind=kind)


def deliver_event(stage: Stage) -> Answer:
    body = json.dumps(EVENT).encode()
    return stage.ask("anonymous", content=body, X_Razorpay_Signature=sign(body))


def order_more_than_there_is(stage: Stage) -> Answer:
    return change_body(stage, cart_id=str(make_cart((make_item(inventory=1), 2)).pk))


def delete_customer_without_orders(stage: Stage) -> Answer:
    return stage.ask("staff", ids={"api-customer.pk": make_customer().pk})


def pay_ended_order(stage: Stage) -> Answer:
    cancel_order(order_id=stage.world.ids["order_id"], why="Test", at=timezone.now())
    return stage.ask()


def verify(stage: Stage, **report) -> Answer:
    """Razorpay's answer is the edge of the process."""
    with undone():
        payment = make_payment(make_intent(Order.objects.get(pk=stage.world.ids["order_id"])), **report)
        stage.patch.setattr("api.views.payments.verify_payment", lambda **fields: payment)
        return stage.ask("customer_a")


def forget_the_secret(stage: Stage) -> Answer:
    stage.patch.setattr(settings, "RAZORPAY_WEBHOOK_SECRETS", [])
    return stage.ask("anonymous")


# What the operation, its body or its thing must be for the status.
SPECIAL: dict[tuple[str, int], Callable[[Stage], Answer]] = {
    ("POST /auth/jwt/create/", 401): partial(change_body, password="wrong"),
    ("POST /auth/jwt/refresh/", 401): partial(change_body, refresh="x"),
    ("POST /auth/jwt/verify/", 401): partial(change_body, token="x"),
    ("POST /auth/jwt/logout/", 401): partial(change_body, refresh="x"),
    ("GET /store/products/", 400): lambda stage: stage.ask(query="?collection_id=x"),
    ("DELETE /store/products/{id}/", 405): lambda stage: stage.ask(
        "staff", ids={"api-product-detail.pk": stage.world.ids["product_id"]}
    ),
    ("DELETE /store/collections/{id}/", 405): lambda stage: stage.ask(
        "staff", ids={"api-collection-detail.pk": make_product().collection_id}
    ),
    ("DELETE /store/customers/{id}/", 204): delete_customer_without_orders,
    ("DELETE /store/customers/{id}/", 409): lambda stage: stage.ask("staff"),
    ("POST /store/products/{product_id}/images/", 201): upload_picture,
    ("POST /store/carts/mine/merge/", 404): partial(change_body, cart_id=ANY_UUID),
    ("POST /store/orders/", 409): order_more_than_there_is,
    ("POST /store/guest-orders/", 409): order_more_than_there_is,
    ("PATCH /store/orders/{order_id}/", 409): partial(ask_for_paid_order, body={"payment_status": "F"}),
    ("DELETE /store/orders/{order_id}/", 409): ask_for_paid_order,
    ("POST /store/orders/{order_id}/cancel/", 409): ask_for_paid_order,
    ("POST /store/orders/{order_id}/refunds/", 409): partial(change_body, amount=999_999),
    ("POST /payments/create-payment-intent/", 409): pay_ended_order,
    ("POST /payments/verify-payment/", 200): verify,
    ("POST /payments/verify-payment/", 409): partial(verify, amount=1),
    ("POST /payments/webhook/", 200): deliver_event,
    ("POST /payments/webhook/", 503): forget_the_secret,
}
