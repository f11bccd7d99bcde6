import pytest
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import Order, Payment
from checkout.services.staff import OrderTookMoney, hide_order, set_payment_status
from checkout.services.transitions import TransitionRefused
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_expired_order, make_intent, make_order, make_order_in, make_payment
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


def test_complete_records_money_that_staff_took_by_hand():
    order, user = make_order(), make_staff()
    changed = set_payment_status(order_id=order.pk, payment_status="C", user=user)
    assert (changed.status, changed.payment_status) == ("paid", "C")
    payment = Payment.objects.get()
    assert (payment.order, payment.provider, payment.by, payment.intent) == (order, "manual", user, None)
    assert (payment.status, payment.effect) == ("captured", "applied")
    assert (payment.amount, payment.currency) == (order.total, "INR")
    assert payment.provider_id.startswith("manual-")
    assert payment.captured_at is not None
    row = order.transitions.last()
    assert (row.to_status, row.why, row.by) == ("paid", "Payment recorded by staff", user)
    assert OutgoingEmail.objects.filter(purpose=f"order-confirmation:{order.pk}").count() == 1
    assert Order.objects.get(pk=order.pk).paid_at is not None


def test_failed_cancels_and_gives_the_stock_back():
    lamp, user = make_item(inventory=10), make_staff()
    order = make_order((lamp, 4))
    changed = set_payment_status(order_id=order.pk, payment_status="F", user=user)
    assert (changed.status, changed.payment_status) == ("cancelled", "F")
    assert Product.objects.get(pk=lamp.pk).inventory == 10
    row = order.transitions.last()
    assert (row.to_status, row.why, row.by) == ("cancelled", "Cancelled by staff", user)


@pytest.mark.parametrize(
    ("status", "same"),
    [("placed", "P"), ("paid", "C"), ("completed", "C"), ("expired", "F"), ("cancelled", "F")],
)
def test_status_that_it_has_already_changes_nothing(status, same):
    order = make_order_in(status)
    rows = order.transitions.count()
    assert set_payment_status(order_id=order.pk, payment_status=same, user=make_staff()).status == status
    assert order.transitions.count() == rows


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("expired", "C"),
        ("cancelled", "C"),
        ("paid", "F"),
        ("fulfilled", "F"),
        ("paid", "P"),
        ("expired", "P"),
    ],
)
def test_status_against_the_table_is_refused(status, wanted):
    order = make_order_in(status)
    payments = order.payments.count()
    with pytest.raises(TransitionRefused):
        set_payment_status(order_id=order.pk, payment_status=wanted, user=make_staff())
    assert Order.objects.get(pk=order.pk).status == status
    assert order.payments.count() == payments


def test_hidden_order_is_cancelled_and_out_of_sight():
    lamp, user, before = make_item(inventory=10), make_staff(), timezone.now()
    order = make_order((lamp, 4))
    hide_order(order_id=order.pk, user=user)
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, Product.objects.get(pk=lamp.pk).inventory) == ("cancelled", 10)
    assert saved.hidden_at >= before
    assert not Order.objects.visible().exists()
    row = order.transitions.last()
    assert (row.why, row.by) == ("Deleted by staff", user)


def test_order_is_hidden_once_and_gives_its_stock_back_once():
    lamp, user = make_item(inventory=10), make_staff()
    order = make_order((lamp, 4))
    hide_order(order_id=order.pk, user=user)
    first = Order.objects.get(pk=order.pk).hidden_at
    hide_order(order_id=order.pk, user=user)
    assert Order.objects.get(pk=order.pk).hidden_at == first
    assert Product.objects.get(pk=lamp.pk).inventory == 10


def test_expired_order_is_hidden_as_it_is():
    order = make_expired_order()
    hide_order(order_id=order.pk, user=make_staff())
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.transitions.count()) == ("expired", 2)
    assert saved.hidden_at is not None


@pytest.mark.parametrize("status", [OrderStatus.PAID, OrderStatus.FULFILLED, OrderStatus.COMPLETED])
def test_paid_order_is_not_hidden(status):
    order = make_order_in(status)
    with pytest.raises(OrderTookMoney, match="Refund it instead"):
        hide_order(order_id=order.pk, user=make_staff())
    assert Order.objects.get(pk=order.pk).hidden_at is None


def test_unpaid_order_with_captured_money_is_not_hidden():
    order = make_order()
    intent = make_intent(order)
    make_payment(intent, amount=intent.amount - 1)
    with pytest.raises(OrderTookMoney):
        hide_order(order_id=order.pk, user=make_staff())
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.hidden_at) == ("placed", None)


def test_unpaid_order_with_a_failed_attempt_is_hidden():
    order = make_order()
    make_payment(make_intent(order), status="failed")
    hide_order(order_id=order.pk, user=make_staff())
    assert Order.objects.get(pk=order.pk).status == "cancelled"


def test_hidden_order_that_is_paid_is_shown_again():
    order = make_order()
    intent = make_intent(order)
    hide_order(order_id=order.pk, user=make_staff())
    payment = make_payment(intent)
    saved = Order.objects.visible().get(pk=order.pk)
    assert (saved.status, saved.hidden_at, payment.effect) == ("paid", None, "applied")
