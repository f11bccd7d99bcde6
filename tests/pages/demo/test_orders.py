import re
from collections import Counter

from pages.demo.catalogue import generate_products
from pages.demo.customers import generate_customers
from pages.demo.orders import generate_orders

PRODUCTS = generate_products()
CUSTOMERS = generate_customers()
ORDERS = generate_orders(PRODUCTS, CUSTOMERS)


def test_generate_customers_are_twenty_five_different_people():
    assert len(CUSTOMERS) == 25
    for name in ("username", "email", "phone"):
        assert len({getattr(customer, name) for customer in CUSTOMERS}) == 25


def test_generate_customers_addresses_are_well_formed():
    for customer in CUSTOMERS:
        assert re.fullmatch(r"[1-9]\d{5}", customer.pin_code), customer
        assert re.fullmatch(r"\+91[6-9]\d{9}", customer.phone), customer
        assert re.fullmatch(r"[a-z.]+@example\.com", customer.email), customer


def test_generate_customers_pin_codes_lie_in_their_states():
    # The first two digits of a PIN code name the postal circle.
    circles = {customer.state: customer.pin_code[:2] for customer in CUSTOMERS}
    assert circles["Maharashtra"] in {"40", "41", "42", "43", "44"}
    assert (circles["Delhi"], circles["Karnataka"][0], circles["West Bengal"]) == ("11", "5", "70")
    assert (circles["Kerala"][0], circles["Assam"], circles["Meghalaya"]) == ("6", "78", "79")


def test_generate_orders_twice_gives_the_same_orders():
    assert generate_orders(PRODUCTS, CUSTOMERS) == ORDERS


def test_generate_orders_oldest_first_within_the_year():
    ages = [order.days_ago for order in ORDERS]
    assert len(ages) == 200
    assert ages == sorted(ages, reverse=True)
    assert (ages[0] < 365, ages[-1] >= 0) == (True, True)


def test_generate_orders_name_existing_products_once_each():
    skus = {item.sku for lead in PRODUCTS for item in (lead, *lead.variants)}
    for order in ORDERS:
        lines = [line.sku for line in order.lines]
        assert set(lines) <= skus
        assert len(set(lines)) == len(lines)
        assert 1 <= len(lines) <= 4
        assert all(1 <= line.quantity <= 3 for line in order.lines)


def test_generate_orders_name_existing_customers():
    assert {order.customer for order in ORDERS} <= set(range(25))


def test_generate_orders_outcomes():
    assert Counter(order.outcome for order in ORDERS) == {
        "completed": 154,
        "expired": 19,
        "cancelled": 14,
        "fulfilled": 6,
        "paid": 7,
    }


def test_generate_orders_old_ones_are_settled():
    assert {order.outcome for order in ORDERS if order.days_ago > 8} == {"completed", "expired", "cancelled"}


def test_generate_orders_count_is_honoured():
    assert len(generate_orders(PRODUCTS, CUSTOMERS, count=3)) == 3


def test_generate_orders_leave_every_product_above_its_threshold():
    sold = Counter()
    for order in ORDERS:
        for line in order.lines:
            sold[line.sku] += line.quantity
    for lead in PRODUCTS:
        for item in (lead, *lead.variants):
            if sold[item.sku]:
                assert item.inventory - sold[item.sku] > lead.low_stock_threshold
