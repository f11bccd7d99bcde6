"""Buyers, tabs and processes at once. On SQLite's file and on MariaDB, over connections of their own."""

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from checkout.invariants import CHECKS
from checkout.models import Cart, CartItem, Order, OrderItem, Payment, Refund, WebhookEvent
from checkout.services import orders
from checkout.services.carts import add_to_cart, change_quantity, merge_carts, open_customer_cart
from checkout.services.expiry import cancel_order, expire_order
from checkout.services.orders import place_order
from checkout.services.payments import record_payment
from checkout.services.transitions import TransitionRefused
from checkout.services.webhooks import store_event
from database.transactions import entry_service
from shop.enums import StockReason
from shop.models import Product
from shop.services.stock import OutOfStock, Shortage, hold_stock, record_movements
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.orders import make_buyer, make_intent, make_order, report_payment
from tests.factories.users import make_customer
from tests.parallel import run_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

BUYERS = 40
UNITS = 10


@pytest.fixture(autouse=True)
def _warm_settings():
    warm_settings()


def outcomes(results: list[Any]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def expect_invariants() -> None:
    assert [complaint for check in CHECKS for complaint in check()] == []


def order_at_once(product: Product) -> list[Any]:
    """Forty guests, each with one unit in the cart, order at the same moment."""

    def buy(cart: Cart, number: int) -> Order:
        return place_order(
            cart_id=cart.pk, buyer=make_buyer(email=f"guest{number}@example.com"), now=timezone.now()
        )

    return run_at_once([partial(buy, make_cart((product, 1)), number) for number in range(BUYERS)])


def expect_exactly_the_stock_sold(results: list[Any], product: Product) -> None:
    assert outcomes(results) == {"Order": UNITS, "OutOfStock": BUYERS - UNITS}
    for refused in (result for result in results if isinstance(result, OutOfStock)):
        assert refused.shortages == [Shortage(product_id=product.pk, requested=1, available=0)]
    assert Product.objects.get(pk=product.pk).inventory == 0
    assert product.movements.aggregate(sum=Sum("delta")) == {"sum": 0}
    assert product.movements.filter(reason=StockReason.HELD).count() == UNITS
    assert (Order.objects.count(), OrderItem.objects.count()) == (UNITS, UNITS)
    assert Cart.objects.count() == CartItem.objects.count() == BUYERS - UNITS
    expect_invariants()


def test_last_ten_units_go_to_ten_of_forty_buyers():
    product = make_item(inventory=UNITS)
    expect_exactly_the_stock_sold(order_at_once(product), product)


def test_stock_that_is_read_and_written_back_would_be_sold_twice(monkeypatch):
    """The negative control: without the conditional update, the test above fails."""
    product = make_item(inventory=UNITS)
    seen = {product.pk: UNITS}  # what each buyer's process read before the others wrote

    def write_back(*, quantities: dict[int, int], order_id: int) -> None:
        for product_id, wanted in quantities.items():
            if seen[product_id] < wanted:
                raise OutOfStock([])
            Product.objects.filter(pk=product_id).update(inventory=seen[product_id] - wanted)
        held = {product_id: -wanted for product_id, wanted in quantities.items()}
        record_movements(quantities=held, reason=StockReason.HELD, order_id=order_id)

    monkeypatch.setattr(orders, "hold_stock", write_back)
    results = order_at_once(product)
    assert outcomes(results)["Order"] == BUYERS > UNITS
    with pytest.raises(AssertionError):
        expect_exactly_the_stock_sold(results, product)


def test_one_cart_ordered_at_once_is_one_order():
    customer, product = make_customer(), make_item(inventory=50)
    cart, buyer, now = make_cart((product, 2), customer=customer), make_buyer(customer), timezone.now()
    results = run_at_once([partial(place_order, cart_id=cart.pk, buyer=buyer, now=now)] * 20)
    assert outcomes(results) == {"Order": 20}
    assert {order.pk for order in results} == {Order.objects.get().pk}
    assert Product.objects.get(pk=product.pk).inventory == 48
    expect_invariants()


def test_orders_of_the_same_products_in_any_order_never_deadlock():
    products = [make_item(inventory=1000) for _ in range(5)]
    carts = [
        make_cart(*((product, 1) for product in products[number % 5 :] + products[: number % 5]))
        for number in range(20)
    ]
    results = run_at_once(
        [
            partial(
                place_order, cart_id=cart.pk, buyer=make_buyer(email=f"g{n}@example.com"), now=timezone.now()
            )
            for n, cart in enumerate(carts)
        ]
    )
    assert outcomes(results) == {"Order": 20}
    assert set(Product.objects.values_list("inventory", flat=True)) == {980}
    expect_invariants()


def test_caps_on_unpaid_orders_hold_for_carts_ordered_one_by_one(settings):
    settings.ORDER_UNPAID_LIMIT = 3
    customer = make_customer()
    for _ in range(3):
        make_order(customer=customer)
    carts = [make_cart((make_item(), 1)) for _ in range(5)]
    buyer = make_buyer(customer)
    results = run_at_once(
        [partial(place_order, cart_id=cart.pk, buyer=buyer, now=timezone.now()) for cart in carts]
    )
    assert outcomes(results) == {"TooManyUnpaid": 5}


def test_parallel_adds_of_one_product_add_up():
    product, cart = make_item(), make_cart()
    add = partial(add_to_cart, cart_id=cart.pk, product_id=product.pk, quantity=2)
    results = run_at_once([add] * 20)
    assert outcomes(results) == {"CartItem": 20}
    assert CartItem.objects.values_list("product_id", "quantity").get() == (product.pk, 40)


def test_products_added_while_the_cart_is_ordered_are_in_it_or_refused():
    ordered, added = make_item(inventory=50), [make_item() for _ in range(8)]
    cart = make_cart((ordered, 1))
    order = partial(place_order, cart_id=cart.pk, buyer=make_buyer(), now=timezone.now())
    adds = [partial(add_to_cart, cart_id=cart.pk, product_id=item.pk, quantity=1) for item in added]
    results = run_at_once([*adds[:4], order, *adds[4:]])
    taken = outcomes(results)["CartItem"]
    assert outcomes(results) == Counter({"Order": 1, "CartItem": taken, "CartNotFound": 8 - taken})
    assert OrderItem.objects.count() == 1 + taken
    assert CartItem.objects.count() == Cart.objects.count() == 0
    expect_invariants()


def test_quantity_changed_while_the_cart_is_ordered_is_in_it_or_refused():
    for _ in range(5):
        cart = make_cart((make_item(inventory=50), 1))
        item = cart.items.get()
        order = partial(place_order, cart_id=cart.pk, buyer=make_buyer(), now=timezone.now())
        changes = [
            partial(change_quantity, cart_id=cart.pk, item_id=item.pk, quantity=quantity)
            for quantity in (2, 3, 4, 5)
        ]
        results = run_at_once([*changes[:2], order, *changes[2:]])
        ordered = OrderItem.objects.get(order=results[2]).quantity
        accepted = outcomes(results)["NoneType"]
        assert outcomes(results) == Counter(
            {"Order": 1, "NoneType": accepted, "CartItemNotFound": 4 - accepted}
        )
        # The last one that was accepted is what was ordered; nobody was told yes for nothing.
        assert (ordered > 1) == (accepted > 0)
    expect_invariants()


def test_customer_who_opens_a_cart_in_many_tabs_has_one():
    customer = make_customer()
    results = run_at_once([partial(open_customer_cart, customer_id=customer.pk)] * 10)
    assert outcomes(results) == {"Cart": 10}
    assert {cart.pk for cart in results} == {Cart.objects.get().pk}


def test_cart_merged_at_once_is_merged_once():
    customer, product = make_customer(), make_item()
    guest = make_cart((product, 3))
    results = run_at_once([partial(merge_carts, cart_id=guest.pk, customer_id=customer.pk)] * 8)
    assert outcomes(results) == {"Cart": 1, "CartNotFound": 7}
    assert CartItem.objects.values_list("cart__customer_id", "quantity").get() == (customer.pk, 3)


def test_one_payment_reported_at_once_takes_effect_once():
    order = make_order()
    report = report_payment(make_intent(order))
    results = run_at_once([partial(record_payment, reported=report)] * 12)
    assert outcomes(results) == {"Payment": 12}
    assert (Payment.objects.get().effect, Refund.objects.count()) == ("applied", 0)
    assert order.transitions.count() == 2
    expect_invariants()


def test_two_payments_of_one_order_at_once_pay_it_once():
    order = make_order()
    intent = make_intent(order)
    reports = [report_payment(intent) for _ in range(6)]
    run_at_once([partial(record_payment, reported=report) for report in reports])
    effects = Counter(Payment.objects.values_list("effect", flat=True))
    assert effects == {"applied": 1, "surplus": 5}
    assert Refund.objects.count() == 5
    expect_invariants()


def test_order_that_expires_while_it_is_paid_ends_paid():
    product = make_item(inventory=10)
    order = make_order((product, 4))
    report = report_payment(make_intent(order))
    calls = [
        partial(record_payment, reported=report),
        partial(expire_order, order_id=order.pk, now=order.expires_at),
    ]
    results = run_at_once(calls * 3)
    assert set(outcomes(results)) == {"Payment", "bool"}
    assert Order.objects.get(pk=order.pk).status == "paid"
    assert Product.objects.get(pk=product.pk).inventory == 6
    expect_invariants()


def test_order_that_is_cancelled_at_once_gives_its_stock_back_once():
    product = make_item(inventory=10)
    order = make_order((product, 4))
    cancel = partial(cancel_order, order_id=order.pk, why="Changed their mind", at=timezone.now())
    results = run_at_once([cancel] * 8)
    assert outcomes(results) == {"Order": 1, TransitionRefused.__name__: 7}
    assert Product.objects.get(pk=product.pk).inventory == 10
    expect_invariants()


def test_late_payments_for_the_last_units_pay_as_many_orders_as_there_are_units():
    product = make_item(inventory=3)
    reports = []
    for number in range(6):
        order = make_order((product, 1), email=f"g{number}@example.com")
        reports.append(report_payment(make_intent(order)))
        expire_order(order_id=order.pk, now=order.expires_at)
    run_at_once([partial(record_payment, reported=report) for report in reports])
    assert Counter(Payment.objects.values_list("effect", flat=True)) == {"applied": 3, "late": 3}
    assert Product.objects.get(pk=product.pk).inventory == 0
    expect_invariants()


def test_event_delivered_at_once_is_stored_once():
    run_at_once([partial(store_event, event_id="evt_1", name="order.paid", body="{}")] * 10)
    assert WebhookEvent.objects.count() == 1


def test_product_taken_off_sale_while_it_is_ordered_is_refused_or_sold():
    product = make_item(inventory=UNITS)

    @entry_service
    def hold() -> None:
        hold_stock(quantities={product.pk: 1}, order_id=1)

    @entry_service
    def take_off() -> None:
        Product.objects.filter(pk=product.pk).update(is_live=False)

    results = run_at_once([hold, hold, take_off, hold, hold])
    refused = outcomes(results)["Unavailable"]
    assert outcomes(results) == Counter({"NoneType": 5 - refused, "Unavailable": refused})
    assert Product.objects.get(pk=product.pk).inventory == UNITS - (4 - refused)
