from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkout.invariants import CHECKS
from checkout.models import Order, Payment
from checkout.services.cash import NotCash, record_cash, take_back_order
from checkout.services.expiry import cancel_order, expire_due_orders
from checkout.services.fulfilment import fulfil_order
from checkout.services.intents import PaidInCash, open_payment
from checkout.services.orders import TooManyUnpaid
from checkout.services.staff import hide_order, set_payment_status
from checkout.services.transitions import TransitionRefused
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_cash_order, make_order, make_paid_order, make_sent_cash_order
from tests.factories.shipping import make_rate, make_zone
from tests.factories.users import make_staff
from tests.parallel import run_at_once

pytestmark = pytest.mark.django_db


def test_cash_order_is_confirmed_at_once():
    order = make_cash_order()
    mail = OutgoingEmail.objects.get()
    assert mail.purpose == f"order-cash:{order.pk}"
    assert mail.subject == f"Order #{order.pk} is placed: you pay in cash on delivery"
    assert "You pay ₹110 in cash when it arrives." in mail.text
    assert mail.send_after <= timezone.now()


def test_cash_order_is_sent_unpaid():
    order = fulfil_order(order_id=make_cash_order().pk, at=timezone.now())
    assert (order.status, order.is_paid, order.payment_status) == ("fulfilled", False, "P")
    assert [row.to_status for row in order.transitions.all()] == ["placed", "fulfilled"]


def test_order_paid_online_is_not_sent_unpaid():
    order = make_order()
    with pytest.raises(TransitionRefused):
        fulfil_order(order_id=order.pk, at=timezone.now())
    paid = make_paid_order()
    assert fulfil_order(order_id=paid.pk, at=timezone.now()).status == "fulfilled"


def test_cash_that_staff_record_completes_an_order_on_its_way():
    order, user = make_sent_cash_order(), make_staff()
    payment = record_cash(order_id=order.pk, user=user)
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.is_paid, saved.payment_status) == ("completed", True, "C")
    assert saved.paid_at == payment.captured_at
    assert (payment.provider, payment.method, payment.by) == ("manual", "cash", user)
    assert (payment.amount, payment.status, payment.effect) == (order.total, "captured", "applied")
    row = saved.transitions.last()
    assert (row.from_status, row.to_status, row.why, row.by) == (
        "fulfilled",
        "completed",
        "Cash recorded by staff",
        user,
    )
    mail = OutgoingEmail.objects.get(purpose=f"order-confirmation:{order.pk}")
    assert "is paid: we received ₹110." in mail.text
    assert "Next we pack" not in mail.text


def test_cash_before_the_parcel_leaves_pays_the_order():
    order = make_cash_order()
    record_cash(order_id=order.pk, user=make_staff())
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.payment_status) == ("paid", "C")
    assert fulfil_order(order_id=order.pk, at=timezone.now()).payment_status == "C"


def test_cash_after_the_order_was_completed_settles_it():
    order = make_sent_cash_order()
    Order.objects.update(status="completed")
    record_cash(order_id=order.pk, user=make_staff())
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.payment_status, saved.payments.count()) == ("completed", "C", 1)


def test_cash_is_recorded_once():
    order = make_sent_cash_order()
    record_cash(order_id=order.pk, user=make_staff())
    with pytest.raises(TransitionRefused):
        record_cash(order_id=order.pk, user=make_staff())
    assert Payment.objects.count() == 1


def test_cash_is_recorded_for_cash_orders_only():
    order = make_order()
    with pytest.raises(NotCash, match="is not paid in cash on delivery"):
        record_cash(order_id=order.pk, user=make_staff())
    assert Payment.objects.count() == 0


def test_cash_of_an_ended_order_is_refused():
    order = make_cash_order()
    cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())
    with pytest.raises(TransitionRefused):
        record_cash(order_id=order.pk, user=make_staff())


def test_parcel_that_comes_back_unpaid_gives_its_stock_back():
    lamp, user = make_item(inventory=10), make_staff()
    order = make_sent_cash_order((lamp, 4))
    assert Product.objects.get(pk=lamp.pk).inventory == 6
    taken_back = take_back_order(order_id=order.pk, user=user)
    assert (taken_back.status, taken_back.payment_status) == ("cancelled", "F")
    assert Product.objects.get(pk=lamp.pk).inventory == 10
    row = taken_back.transitions.last()
    assert (row.from_status, row.why, row.by) == ("fulfilled", "Not taken in; it came back", user)


def test_parcel_that_comes_back_unpaid_takes_its_invoice_back():
    make_rate(zone=make_zone(cash=True, cash_fee="30.00"))
    order = make_sent_cash_order((make_item(unit_price="100.00"), 2))
    take_back_order(order_id=order.pk, user=make_staff())
    note = order.invoice.credit_notes.get()
    assert (note.refund, note.reason) == (None, "Not taken in; it came back")
    assert (note.total, note.total) == (order.invoice.total, order.total)
    assert (note.taxable, note.cgst, note.sgst, note.igst) == (
        order.invoice.taxable,
        order.invoice.cgst,
        order.invoice.sgst,
        order.invoice.igst,
    )
    assert [line.quantity for line in note.lines.all()] == [2, 1]
    assert [sentence for check in CHECKS for sentence in check()] == []


def test_buyer_is_told_of_a_parcel_that_came_back():
    order = make_sent_cash_order(email="asha@example.com")
    take_back_order(order_id=order.pk, user=make_staff())
    note = order.invoice.credit_notes.get()
    mail = OutgoingEmail.objects.get(purpose=f"order-ended:{order.pk}")
    assert (mail.to, mail.subject) == ("asha@example.com", f"Order #{order.number} is cancelled")
    for body in (mail.text, mail.html):
        assert f"The parcel of your order #{order.number} has come back to us" in body
        assert f"Credit note {note.number} is attached. It takes back invoice {order.invoice.number}." in body
    assert list(mail.attachments.values_list("reference", flat=True)) == [f"credit-note:{note.pk}"]


def test_buyer_is_told_of_a_cash_order_cancelled_before_it_leaves():
    order = make_cash_order()
    cancel_order(order_id=order.pk, why="Sold out after all", at=timezone.now())
    mail = OutgoingEmail.objects.get(purpose=f"order-ended:{order.pk}")
    assert mail.kind == "order_cancelled"
    assert "Nothing will be sent, and you owe us nothing." in mail.text
    assert "Credit note" not in mail.text
    assert not mail.attachments.exists()


def test_parcel_that_comes_back_locks_its_products_before_the_numbers():
    order, user = make_sent_cash_order(), make_staff()
    with CaptureQueriesContext(connection) as queries:
        take_back_order(order_id=order.pk, user=user)
    writes = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    tables = [sql.split()[1].strip('`"') for sql in writes]
    assert tables.index("shop_product") < tables.index("checkout_documentseries")


@pytest.mark.parametrize("make", [make_cash_order, make_paid_order])
def test_only_what_was_sent_unpaid_is_taken_back(make):
    with pytest.raises(TransitionRefused):
        take_back_order(order_id=make().pk, user=make_staff())


def test_paid_cash_order_is_not_taken_back():
    order, user = make_cash_order(), make_staff()
    record_cash(order_id=order.pk, user=user)
    fulfil_order(order_id=order.pk, at=timezone.now())
    with pytest.raises(TransitionRefused):
        take_back_order(order_id=order.pk, user=user)
    assert Order.objects.get().status == "fulfilled"


def test_cash_order_is_cancelled_before_it_leaves_and_not_after():
    lamp = make_item(inventory=10)
    order = make_cash_order((lamp, 4))
    cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())
    assert Product.objects.get(pk=lamp.pk).inventory == 10
    sent = make_sent_cash_order((lamp, 4))
    with pytest.raises(TransitionRefused):
        cancel_order(order_id=sent.pk, why="Changed their mind", at=timezone.now())
    assert Product.objects.get(pk=lamp.pk).inventory == 6


def test_cash_order_does_not_expire():
    order = make_cash_order(now=timezone.now() - timedelta(days=9))
    assert expire_due_orders() == 0
    assert Order.objects.get(pk=order.pk).status == "placed"


def test_cash_orders_count_as_unpaid_until_they_leave(settings):
    settings.ORDER_UNPAID_LIMIT_GUEST = 1
    order = make_cash_order()
    with pytest.raises(TooManyUnpaid):
        make_cash_order()
    fulfil_order(order_id=order.pk, at=timezone.now())
    assert make_cash_order().status == "placed"


def test_payment_window_is_refused():
    order = make_cash_order()
    with pytest.raises(PaidInCash, match=f"Order #{order.pk} is paid in cash on delivery."):
        open_payment(order_id=order.pk, now=timezone.now())
    assert order.payment_intents.count() == 0


def test_staff_settle_and_end_cash_orders_over_the_api_too():
    user = make_staff()
    settled = set_payment_status(order_id=make_sent_cash_order().pk, payment_status="C", user=user)
    assert (settled.status, settled.payment_status, settled.payments.get().method) == (
        "completed",
        "C",
        "cash",
    )
    ended = set_payment_status(order_id=make_sent_cash_order().pk, payment_status="F", user=user)
    assert (ended.status, ended.payment_status) == ("cancelled", "F")


def test_cash_order_on_its_way_is_not_hidden():
    order = make_sent_cash_order()
    with pytest.raises(TransitionRefused):
        hide_order(order_id=order.pk, user=make_staff())
    assert Order.objects.get().hidden_at is None


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_cash_recorded_by_many_at_once_is_recorded_once():
    order, user = make_sent_cash_order(), make_staff()
    results = run_at_once([lambda: record_cash(order_id=order.pk, user=user)] * 5)
    assert [type(result) for result in results].count(Payment) == 1
    assert sum(isinstance(result, TransitionRefused) for result in results) == 4
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.payments.count(), saved.transitions.count()) == ("completed", 1, 3)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_cash_and_coming_back_at_once_end_in_one_of_both():
    lamp, user = make_item(inventory=10), make_staff()
    order = make_sent_cash_order((lamp, 4))
    record = [lambda: record_cash(order_id=order.pk, user=user)] * 2
    take_back = [lambda: take_back_order(order_id=order.pk, user=user)] * 2
    results = run_at_once(record + take_back)
    assert sum(isinstance(result, TransitionRefused) for result in results) == 3
    saved = Order.objects.get(pk=order.pk)
    outcome = (saved.status, saved.payments.count(), Product.objects.get(pk=lamp.pk).inventory)
    assert outcome in [("completed", 1, 6), ("cancelled", 0, 10)]
