"""One payment reported by everybody at once, and refunds at once: real connections, real simulator."""

import json
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from checkout.invariants import CHECKS
from checkout.models import Payment, Refund, WebhookEvent
from checkout.services.intents import open_payment, verify_payment
from checkout.services.reconciliation import reconcile_intent, reconcile_order
from checkout.services.refunds import refund_order
from checkout.services.webhooks import process_webhook, store_event
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.orders import make_order, make_paid_order
from tests.parallel import run_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _warm_settings():
    warm_settings()


def outcomes(results: list[Any]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def expect_invariants() -> None:
    assert [complaint for check in CHECKS for complaint in check()] == []


def test_browser_webhook_and_reconciler_at_once_have_one_effect(simulator, pay):
    order = make_order()
    intent = open_payment(order_id=order.pk, now=order.placed_at).intent
    response = pay(intent.razorpay_order_id)["response"]
    event = {"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1"}}}}
    event["payload"]["payment"]["entity"]["id"] = response["razorpay_payment_id"]
    for number in range(4):
        store_event(event_id=f"evt_{number}", name="payment.captured", body=json.dumps(event))
    due = intent.created_at + timedelta(minutes=2)
    calls = [
        *[partial(verify_payment, intents=order.payment_intents.all(), **response)] * 4,
        *[partial(process_webhook, event_id=f"evt_{number}") for number in range(4)],
        *[partial(reconcile_intent, intent_id=intent.pk, now=due)] * 4,
        partial(reconcile_order, order_id=order.pk),
    ]
    results = run_at_once(calls)
    assert outcomes(results) == {"Payment": 4, "NoneType": 4, "bool": 4, "Order": 1}
    assert results[8:12].count(True) == 1
    assert (Payment.objects.get().effect, Refund.objects.count()) == ("applied", 0)
    assert order.transitions.count() == 2
    assert OutgoingEmail.objects.filter(purpose__startswith="order-confirmation").count() == 1
    assert WebhookEvent.objects.filter(status="processed").count() == 4
    expect_invariants()


def test_refunds_at_once_never_exceed_what_was_captured():
    order = make_paid_order((make_item(unit_price="100.00"), 1))
    ask = partial(refund_order, order_id=order.pk, amount=Decimal("20.00"), reason="Came broken")
    results = run_at_once([ask] * 20)
    assert outcomes(results) == {"Refund": 5, "RefundExceedsCaptured": 15}
    assert sum(refund.amount for refund in Refund.objects.all()) == Decimal("100.00")
    expect_invariants()


def test_refund_requests_with_one_key_at_once_are_one_refund():
    order = make_paid_order()
    ask = partial(refund_order, order_id=order.pk, reason="Came broken", idempotency_key="a" * 64)
    results = run_at_once([ask] * 12)
    assert outcomes(results) == {"Refund": 12}
    assert {refund.pk for refund in results} == {Refund.objects.get().pk}


def test_lines_refunded_and_restocked_at_once_come_back_once():
    product = make_item(inventory=10)
    order = make_paid_order((product, 4))
    item = order.items.get()
    ask = partial(refund_order, order_id=order.pk, lines={item.pk: 3}, restock=True, reason="Sent back")
    assert outcomes(run_at_once([ask] * 8)) == {"Refund": 1, "RefundRefused": 7}
    assert Product.objects.get(pk=product.pk).inventory == 9
    expect_invariants()
