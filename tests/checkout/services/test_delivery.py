from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.models import Order
from checkout.services.buyers import NO_WISHES, Buyer, Wishes
from checkout.services.delivery import (
    PICK_UP,
    CashRefused,
    DeliveryUnknown,
    NotDeliverable,
    choose_delivery,
)
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_buyer, make_cash_order, make_order
from tests.factories.shipping import make_method, make_rate, make_zone
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db
CASH = Wishes(payment_method="cod")


def test_new_shop_delivers_free():
    order = make_order()
    assert (order.shipping, order.shipping_method, order.deliver_by) == (0, "Standard delivery", None)
    assert (order.payment_method, order.place_of_supply) == ("online", "KA")


def test_order_pays_the_rate_of_its_zone():
    make_rate(charge="49.00", free_from="999.00")
    order = make_order((make_item(unit_price="100.00"), 1))
    assert (order.subtotal, order.shipping, order.total) == (110, 49, 159)
    assert order.shipping_method == "Standard"
    assert order.deliver_by == timezone.localdate(order.placed_at) + timedelta(days=7)
    # The seller's state is not set: nothing says that a border is crossed. 49 contains 4.45, in two halves.
    assert (order.shipping_cgst, order.shipping_sgst) == (Decimal("2.22"), Decimal("2.22"))
    assert make_order((make_item(unit_price="910.00"), 1)).shipping == 0


def test_order_pays_by_weight():
    make_rate(kind="by_weight", bands=[("0", "99.00"), ("1000", "179.00")])
    lamp = make_item(weight_grams=400)
    assert make_order((lamp, 2)).shipping == 99
    assert make_order((lamp, 3)).shipping == 179


def test_first_method_is_chosen_unless_another_is_asked_for():
    zone = make_zone()
    make_rate(zone=zone, method=make_method(name="Express", days=(1, 2), position=2), charge="149.00")
    make_rate(zone=zone, method=make_method(name="Standard", position=1), charge="49.00")
    assert (make_order().shipping_method, make_order().shipping) == ("Standard", 49)
    express = make_order(wishes=Wishes(delivery="express"))
    assert (express.shipping_method, express.shipping) == ("Express", 149)
    with pytest.raises(DeliveryUnknown):
        make_order(wishes=Wishes(delivery="drone"))


def test_order_without_an_address_is_handed_over_at_the_seller():
    make_rate(charge="49.00")
    buyer = Buyer(email="asha@example.com", customer_id=make_customer().pk)
    assert choose_delivery(buyer=buyer, wishes=Wishes(delivery="express")) == PICK_UP
    order = make_order(line1="", line2="", city="", state="", postal_code="")
    assert (order.shipping, order.shipping_method, order.place_of_supply) == (0, "", "")
    with pytest.raises(CashRefused, match="not offered for this address"):
        choose_delivery(buyer=buyer, wishes=CASH)


def test_address_that_nothing_is_delivered_to_is_refused_with_nothing_changed():
    make_rate()
    make_zone(pins=[(744101, 744304)], delivers=False)
    lamp = make_item(inventory=5)
    with pytest.raises(NotDeliverable, match="We do not deliver to PIN code 744102"):
        make_order((lamp, 1), state="AN", postal_code="744102")
    with pytest.raises(NotDeliverable, match="to this address"):
        choose_delivery(buyer=make_buyer(state="KA", postal_code="", country="LK"), wishes=NO_WISHES)
    assert (Order.objects.count(), Product.objects.get(pk=lamp.pk).inventory) == (0, 5)


def test_cash_order_pays_the_fee_and_does_not_end_by_time():
    zone = make_zone(cash=True, cash_fee="30.00", cash_cap="5000.00")
    make_rate(zone=zone, charge="49.00")
    order = make_cash_order((make_item(unit_price="100.00"), 1))
    assert (order.payment_method, order.expires_at, order.status) == ("cod", None, "placed")
    assert (order.shipping, order.surcharge, order.total) == (79, 30, 189)
    assert not Order.objects.overdue(timezone.now() + timedelta(days=400)).exists()
    assert Order.objects.unpaid().get() == order
    assert (order.is_paid, order.payment_status, order.status_label) == (
        False,
        "P",
        "Placed, cash on delivery",
    )


def test_cash_is_refused_where_the_zone_takes_none():
    make_rate(zone=make_zone(cash=False))
    with pytest.raises(CashRefused, match="not offered for this address"):
        make_cash_order()


@pytest.mark.parametrize(("unit_price", "is_taken"), [("4518.18", True), ("4518.19", False)])
def test_cash_is_taken_up_to_the_cap_of_the_whole_total(unit_price, is_taken):
    zone = make_zone(cash=True, cash_fee="30.00", cash_cap="5000.00")
    make_rate(zone=zone, charge="0.00")
    lamp = make_item(unit_price=unit_price)
    if is_taken:
        assert make_cash_order((lamp, 1)).total == Decimal("5000.00")
        return
    with pytest.raises(CashRefused, match="up to ₹5,000"):
        make_cash_order((lamp, 1))
    assert Order.objects.count() == 0
