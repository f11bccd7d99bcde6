"""Sales in the API: the typed price stays, what is paid and what stands in carts follows the sale."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from shop.sale_rules import current_sales
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_product, make_variant, warm_settings
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db

START = datetime(2036, 11, 1, 18, 30, tzinfo=UTC)
END = datetime(2036, 12, 1, 18, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)
MOMENTS = [(START - TICK, 100, 110), (START, 80, 88), (END - TICK, 80, 88), (END, 100, 110)]


@pytest.mark.parametrize(("at", "net", "gross"), MOMENTS)
def test_product_and_cart_switch_at_the_very_moment(client, monkeypatch, at, net, gross):
    product = make_product()
    make_sale(products=[product], starts_at=START, ends_at=END)
    cart = make_cart((product, 3))
    current_sales()  # kept: that a sale is on is asked at each request
    monkeypatch.setattr(timezone, "now", lambda: at)
    for answer in (
        client.get(f"/store/products/{product.pk}/").json(),
        client.get("/store/products/").json()["results"][0],
    ):
        assert (answer["unit_price"], answer["price_with_tax"]) == (100, gross)
    shown = client.get(f"/store/carts/{cart.pk}/").json()
    assert shown["items"][0]["product"]["unit_price"] == net
    assert (shown["items"][0]["total_price"], shown["total_price"]) == (3 * net, 3 * net)
    assert client.get(f"/store/carts/{cart.pk}/items/").json() == shown["items"]


def test_variant_answers_with_its_leads_sale(client):
    lead = make_product()
    variant = make_variant(lead, unit_price="200.00")
    make_sale("amount", "50", products=[lead])
    answer = client.get(f"/store/products/{variant.pk}/").json()
    assert (answer["unit_price"], answer["price_with_tax"]) == (200, 165)
    (shown,) = client.get(f"/store/products/{lead.pk}/", {"include": "variants"}).json()["variants"]
    assert (shown["unit_price"], shown["price_with_tax"]) == (200, 165)


def test_lists_are_narrowed_and_sorted_by_the_typed_price(client):
    dear, cheap = make_product(unit_price="200.00"), make_product(unit_price="100.00")
    make_sale("fixed", "50", products=[dear])
    answer = client.get("/store/products/", {"ordering": "unit_price"}).json()["results"]
    assert [product["id"] for product in answer] == [cheap.pk, dear.pk]
    answer = client.get("/store/products/", {"unit_price__gt": "150"}).json()["results"]
    assert [product["id"] for product in answer] == [dear.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_stay_as_pinned_with_sales(client, count, count_queries):
    products = [make_product(tags=("Brass",)) for _ in range(count)]
    make_sale(products=products)
    make_sale("amount", "5", tags=["brass"])
    make_sale("fixed", "70", collections=[product.collection for product in products])
    cart = make_cart(*((product, 1) for product in products))
    warm_settings()
    with count_queries(3):
        client.get("/store/products/")
    with count_queries(2):
        client.get(f"/store/products/{products[0].pk}/")
    with count_queries(2):
        client.get(f"/store/carts/{cart.pk}/")
    with count_queries(3):
        body = {"product_id": products[0].pk, "quantity": 1}
        client.post(f"/store/carts/{cart.pk}/items/", body, content_type="application/json")
