from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.models import Cart, Order
from checkout.selectors.orders import find_order_by_token, make_order_token, order_path
from checkout.services.buyers import Buyer
from checkout.services.orders import TooManyUnpaid
from checkout.services.phone_orders import place_phone_order
from notifications.models import OutgoingEmail
from shop.services.stock import OutOfStock
from tests.factories.catalogue import make_item
from tests.factories.users import make_customer, make_staff

pytestmark = pytest.mark.django_db


def enter(buyer: Buyer, *lines, key: str = "a" * 32) -> Order:
    quantities = {product.pk: count for product, count in lines}
    return place_phone_order(buyer=buyer, quantities=quantities, now=timezone.now(), idempotency_key=key)


@pytest.fixture
def buyer() -> Buyer:
    return Buyer(email="asha@example.com", name="Asha Rao", entered_by_id=make_staff().pk)


def test_order_for_somebody_without_an_account(buyer):
    lamp = make_item(inventory=5)
    order = enter(buyer, (lamp, 2))
    assert (order.customer, order.email, order.status) == (None, "asha@example.com", "placed")
    assert order.expires_at - order.placed_at == timedelta(days=1)
    row = order.transitions.get()
    assert (row.why, row.by_id) == ("Entered by staff", buyer.entered_by_id)
    mail = OutgoingEmail.objects.get(purpose=f"order-received:{order.pk}")
    assert mail.send_after <= timezone.now()
    assert f"/order/{make_order_token(order)}/" in mail.text


def test_order_for_a_customer_is_paid_by_a_link_that_needs_no_sign_in():
    customer, staff = make_customer(email="ravi@example.com"), make_staff()
    buyer = Buyer(
        email="ravi@example.com",
        customer_id=customer.pk,
        user_id=customer.user_id,
        entered_by_id=staff.pk,
    )
    order = enter(buyer, (make_item(), 1))
    assert order.customer == customer
    assert order_path(order).startswith("/order/")
    assert find_order_by_token(make_order_token(order)) == order


def test_form_that_is_sent_twice_makes_one_order(buyer):
    lamp = make_item(inventory=5)
    assert enter(buyer, (lamp, 2)) == enter(buyer, (lamp, 2))
    lamp.refresh_from_db()
    assert (Order.objects.count(), lamp.inventory) == (1, 3)


def test_refused_order_leaves_nothing(buyer):
    with pytest.raises(OutOfStock):
        enter(buyer, (make_item(inventory=1), 2))
    assert (Order.objects.count(), Cart.objects.count()) == (0, 0)


def test_cap_on_unpaid_orders_holds_on_the_phone_too(buyer, settings):
    settings.ORDER_UNPAID_LIMIT_GUEST = 1
    enter(buyer, (make_item(), 1))
    with pytest.raises(TooManyUnpaid):
        enter(buyer, (make_item(), 1), key="b" * 32)
