from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.invariants import (
    CHECKS,
    check_audit,
    check_captured_money,
    check_held_stock,
    check_ledger,
    check_mail,
    check_paid_orders,
    check_totals,
)
from checkout.models import Order, OrderItem, OrderTransition, Payment, Refund
from checkout.services.cash import record_cash, take_back_order
from notifications.models import OutgoingEmail
from shop.models import Product, StockMovement
from tests.factories.catalogue import make_item
from tests.factories.orders import (
    make_cash_order,
    make_intent,
    make_order,
    make_order_in,
    make_payment,
    make_sent_cash_order,
)
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


def complaints(check) -> list[str]:
    return list(check())


def test_shop_that_only_services_touched_is_clean():
    for status in ("placed", "paid", "fulfilled", "completed", "expired", "cancelled"):
        make_order_in(status)
    make_payment(make_intent(make_order()), amount=Decimal("0.50"))
    make_cash_order()
    make_sent_cash_order()
    user = make_staff()
    record_cash(order_id=make_cash_order().pk, user=user)
    record_cash(order_id=make_sent_cash_order().pk, user=user)
    take_back_order(order_id=make_sent_cash_order().pk, user=user)
    assert [sentence for check in CHECKS for sentence in check()] == []


def test_empty_shop_is_clean():
    assert [sentence for check in CHECKS for sentence in check()] == []


def test_stock_that_the_ledger_does_not_know_is_found():
    lamp = make_item(inventory=10)
    Product.objects.filter(pk=lamp.pk).update(inventory=9)
    assert complaints(check_ledger) == [f"Product {lamp.pk}: inventory 9, movements 10."]


def test_product_without_movements_has_no_stock():
    lamp = make_item(inventory=3)
    StockMovement.objects.all().delete()
    assert complaints(check_ledger) == [f"Product {lamp.pk}: inventory 3, movements 0."]


def test_order_that_holds_nothing_is_found():
    lamp = make_item()
    order = make_order((lamp, 2))
    StockMovement.objects.filter(order_id=order.pk).delete()
    assert complaints(check_held_stock) == [f"Order {order.pk}: holds 0 of product {lamp.pk}, contains 2."]


def test_ended_order_that_still_holds_is_found():
    lamp = make_item()
    order = make_order((lamp, 2))
    Order.objects.update(status="expired")
    assert complaints(check_held_stock) == [f"Order {order.pk}: holds 2 of product {lamp.pk}, contains 0."]


def test_stock_given_back_twice_is_found():
    lamp = make_item()
    order = make_order_in("expired")
    StockMovement.objects.create(product=lamp, delta=1, reason="released", order_id=order.pk)
    assert complaints(check_held_stock) == [f"Order {order.pk}: holds -1 of product {lamp.pk}, contains 0."]


def test_total_that_is_not_its_lines_is_found():
    order = make_order((make_item(unit_price="100.00"), 1))
    OrderItem.objects.update(quantity=2, total=Decimal("220.00"), taxable=Decimal("210.00"))
    (sentence,) = complaints(check_totals)
    assert sentence.startswith(f"Order {order.pk}: total 110.00, lines 220")


def test_order_without_lines_is_found():
    order = make_order((make_item(unit_price="100.00"), 1))
    OrderItem.objects.all().delete()
    assert len(complaints(check_totals)) == 1
    assert complaints(check_totals)[0].startswith(f"Order {order.pk}: total 110.00, lines 0")


def test_paid_order_without_its_payment_is_found():
    order = make_order()
    Order.objects.update(status="paid")
    (sentence,) = complaints(check_paid_orders)
    assert sentence.startswith(f"Order {order.pk}: paid with 0 payments of 0")


def test_paid_order_with_too_little_is_found():
    order = make_order_in("paid")
    Payment.objects.update(amount=Decimal("1.00"))
    (sentence,) = complaints(check_paid_orders)
    assert sentence.startswith(f"Order {order.pk}: paid with 1 payments of 1")


def test_cash_order_that_counts_as_paid_without_its_cash_is_found():
    order = make_sent_cash_order()
    Order.objects.update(paid_at=timezone.now())
    (sentence,) = complaints(check_paid_orders)
    assert sentence.startswith(f"Order {order.pk}: fulfilled with 0 payments of 0")


def test_recorded_cash_that_the_order_does_not_know_is_found():
    order = make_sent_cash_order()
    record_cash(order_id=order.pk, user=make_staff())
    Order.objects.update(paid_at=None)
    assert complaints(check_paid_orders) == [f"Order {order.pk}: completed although a payment is applied."]


def test_order_that_was_sent_unpaid_although_it_is_paid_online_is_found():
    order = make_sent_cash_order()
    Order.objects.update(payment_method="online", expires_at=timezone.now())
    assert complaints(check_audit) == [f"Order {order.pk}: an audit row leads from placed to fulfilled."]


def test_unpaid_order_with_an_applied_payment_is_found():
    order = make_order_in("paid")
    Order.objects.update(status="placed")
    assert complaints(check_paid_orders) == [f"Order {order.pk}: placed although a payment is applied."]


def test_captured_money_without_an_effect_is_found():
    payment = make_order_in("paid").payments.get()
    Payment.objects.update(effect="")
    assert complaints(check_captured_money) == [f"Payment {payment.provider_id}: captured without an effect."]


def test_refunds_beyond_the_payment_are_found():
    payment = make_order_in("paid").payments.get()
    for key, status in (("a", "processed"), ("b", "pending"), ("c", "failed")):
        Refund.objects.create(
            payment=payment, key=key, amount=Decimal("60.00"), reason="Broken", status=status
        )
    (sentence,) = complaints(check_captured_money)
    assert sentence.startswith(f"Payment {payment.provider_id}: 120")
    assert sentence.endswith(f" refunded of {payment.amount}.")


@pytest.mark.parametrize("effect", ["surplus", "late"])
def test_money_that_should_go_back_and_does_not_is_found(effect):
    payment = make_order_in("paid").payments.get()
    Payment.objects.update(effect=effect)
    assert complaints(check_captured_money) == [
        f"Payment {payment.provider_id}: {effect}, but 0.00 goes back."
    ]


def test_status_without_an_audit_row_is_found():
    order = make_order()
    Order.objects.update(status="cancelled")
    assert complaints(check_audit) == [f"Order {order.pk}: cancelled, but its audit rows end at placed."]


def test_order_without_any_audit_row_is_found():
    order = make_order()
    OrderTransition.objects.all().delete()
    assert complaints(check_audit) == [f"Order {order.pk}: placed, but its audit rows end at nothing."]


def test_audit_row_against_the_table_is_found():
    order = make_order()
    OrderTransition.objects.create(order=order, from_status="placed", to_status="completed", why="Magic")
    Order.objects.update(status="completed")
    assert complaints(check_audit) == [f"Order {order.pk}: an audit row leads from placed to completed."]


def test_audit_row_that_does_not_follow_is_found():
    order = make_order()
    OrderTransition.objects.create(order=order, from_status="", to_status="placed", why="Again")
    assert complaints(check_audit) == [f"Order {order.pk}: an audit row leads from nothing to placed."]


def test_mail_that_is_due_too_long_is_found():
    make_order()
    now = timezone.now()
    OutgoingEmail.objects.update(send_after=now - timedelta(seconds=110))
    assert complaints(check_mail) == []
    OutgoingEmail.objects.update(send_after=now - timedelta(seconds=130))
    assert complaints(check_mail) == ["1 mails are due for more than two minutes."]
