"""Forty customers want the last ten units at the same moment, over HTTP, from real web processes."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.journeys.client import Answer, fill_cart, send, sign_up
from tests.journeys.shop import RunningShop

BUYERS = 40
UNITS = 10


def find_product(shop: RunningShop) -> int:
    return shop.get("/store/products/?in_stock=true&page_size=1")["results"][0]["id"]


def set_inventory(shop: RunningShop, product_id: int, inventory: int) -> None:
    admin = send(f"{shop.url}/auth/jwt/create/", body={"username": "admin", "password": "1122334455"}).body[
        "access"
    ]
    changed = send(
        f"{shop.url}/store/products/{product_id}/",
        method="PATCH",
        body={"inventory": inventory},
        token=admin,
    )
    assert changed.status == 200, changed


def test_exactly_the_last_units_are_sold(shop: RunningShop):
    product_id = find_product(shop)
    set_inventory(shop, product_id, UNITS)
    tokens = [sign_up(shop.url, f"racer{number}") for number in range(BUYERS)]
    carts = [fill_cart(shop.url, product_id) for _ in range(BUYERS)]

    def buy(number: int) -> Answer:
        return send(f"{shop.url}/store/orders/", body={"cart_id": carts[number]}, token=tokens[number])

    with ThreadPoolExecutor(BUYERS) as pool:
        answers = list(pool.map(buy, range(BUYERS)))

    assert Counter(answer.status for answer in answers) == {200: UNITS, 409: BUYERS - UNITS}
    refused = next(answer for answer in answers if answer.status == 409)
    assert refused.body["code"] == "out_of_stock"
    assert refused.body["details"] == {"items": [{"product_id": product_id, "requested": 1, "available": 0}]}
    assert shop.get(f"/store/products/{product_id}/")["inventory"] == 0
    assert shop.manage("check_invariants").returncode == 0
