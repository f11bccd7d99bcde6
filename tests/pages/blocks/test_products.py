"""Grids of products and collections, with today's price and stock."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError

from checkout.models import Order
from pages.blocks.products import ProductGridBlock
from pages.grids import GridRule
from pages.models import CollectionPage, LandingPage
from shop.models import Product
from tests.factories.catalogue import (
    make_collection,
    make_picture,
    make_product,
    make_variant,
    page_of,
    set_tax,
)
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db


def titles(html: str) -> list[str]:
    return [part.partition("</a>")[0].partition(">")[2] for part in html.split('class="card__link"')[1:]]


def sell(product: Product, *, quantity: int = 1, days_ago: int = 0) -> None:
    """A paid order of some units; its stock stays as it was."""
    stock = product.inventory
    Product.objects.filter(pk=product.pk).update(inventory=stock + quantity)
    order = make_paid_order((product, quantity))
    Order.objects.filter(pk=order.pk).update(paid_at=timezone.now() - timedelta(days=days_ago))


def grid(rule: str, **values) -> tuple[str, dict]:
    empty = {"heading": "", "collection": None, "tag": "", "highest_price": None, "products": [], "limit": 8}
    return "product_grid", {**empty, "rule": rule, **values}


def test_collection_grid_shows_every_live_collection(show):
    picture = make_picture()
    garden, kitchen = make_collection(title="Garden"), make_collection(title="Kitchen")
    make_product(collection=garden, pictures=[picture])
    make_product(collection=garden, unit_price="0.00")
    html = show(("collection_grid", {"heading": "By kind"}))
    assert "1 product\n" in html
    assert picture.file.url in html
    assert html.count('class="tile"') == 2
    kitchen.page.unpublish()
    assert show(("collection_grid", {"heading": ""})).count('class="tile"') == 1


def test_grid_shows_todays_price_and_stock(show):
    product = make_product(title="Mug", unit_price="100.00", inventory=3)
    block = grid("newest")
    html = show(block)
    assert "₹110<" in html
    assert "Only 3 left" in html
    Product.objects.filter(pk=product.pk).update(unit_price=Decimal("120.50"), inventory=0)
    html = show(block)
    assert "₹132.55<" in html
    assert "Sold out" in html


def test_newest_first_and_no_more_than_wanted(show):
    for title in ("Old", "Middle", "New"):
        make_product(title=title)
    make_product(title="Unpriced", unit_price="0.00")
    assert titles(show(grid("newest", limit=2))) == ["New", "Middle"]


def test_grid_of_a_collection_links_to_it(show):
    garden = make_collection(title="Garden")
    make_product(title="Rake", collection=garden)
    make_product(title="Mug")
    html = show(grid("collection", collection=garden.page))
    assert titles(html) == ["Rake"]
    assert 'class="more" href="/garden/"' in html
    assert "All of Garden" in html
    garden.page.unpublish()
    html = show(grid("collection", collection=garden.page))
    assert titles(html) == ["Rake"]
    assert 'class="more"' not in html


def test_grid_of_a_tag(show):
    make_product(title="Gift", tags=("Gift wrap",))
    make_product(title="Mug")
    assert titles(show(grid("tag", tag="Gift Wrap"))) == ["Gift"]


def test_grid_under_a_price_goes_by_what_shoppers_see(show):
    make_product(title="At 500", unit_price="454.54")
    make_product(title="Over 500", unit_price="455.00")
    make_product(title="Cheap gift", unit_price="90.00", tags=("gift",))
    make_product(title="Sold out", unit_price="80.00", inventory=0)
    block = grid("under_price", highest_price=Decimal(500))
    assert titles(show(block)) == ["At 500", "Cheap gift"]
    assert titles(show(grid("under_price", highest_price=Decimal(500), tag="gift"))) == ["Cheap gift"]
    set_tax(prices_include_tax=True)
    assert titles(show(block)) == ["Over 500", "At 500", "Cheap gift"]


def test_grid_picked_by_hand_keeps_the_editors_order(show):
    first, second, third = (make_product(title=title) for title in ("A", "B", "C"))
    pages = [page_of(third), page_of(first), page_of(second)]
    assert titles(show(grid("hand_picked", products=pages, limit=1))) == ["C", "A", "B"]
    page_of(first).unpublish()
    assert titles(show(grid("hand_picked", products=pages))) == ["C", "B"]


@pytest.mark.parametrize("rule", GridRule.values)
def test_grid_with_nothing_to_show_shows_nothing(show, rule):
    html = show(grid(rule, heading="Nothing here"))
    assert "Nothing here" not in html


def test_grid_forgets_a_deleted_page(client, home):
    product, other = make_product(title="A"), make_product(title="B")
    page = home.add_child(instance=LandingPage(title="L", slug="l"))
    page.body = [grid("hand_picked", products=[page_of(product), page_of(other)])]
    page.save()
    page_of(product).delete()
    assert titles(client.get(page.url).content.decode()) == ["B"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["C", "A", "B"]),
        ("newest", ["C", "A", "B"]),
        ("title", ["A", "B", "C"]),
        ("price", ["B", "C", "A"]),
        ("-price", ["A", "C", "B"]),
    ],
)
def test_grid_sorted_as_the_editor_wants(show, order, expected):
    for title, price in (("B", "10.00"), ("A", "30.00"), ("C", "20.00")):
        make_product(title=title, unit_price=price)
    assert titles(show(grid("newest", order=order))) == expected


def test_best_sellers_count_paid_units_and_variants(show):
    mug, jug, old = (make_product(title=title) for title in ("Mug", "Jug", "Old"))
    small = make_variant(jug, sku="small")
    sell(mug, quantity=3)
    sell(jug, quantity=2)
    sell(small, quantity=2)
    sell(old, quantity=9, days_ago=91)
    make_product(title="Never sold")
    assert titles(show(grid("best_selling"))) == ["Jug", "Mug"]
    assert titles(show(grid("best_selling", limit=1))) == ["Jug"]
    assert titles(show(grid("best_selling", order="title"))) == ["Jug", "Mug"]
    page_of(jug).unpublish()
    assert titles(show(grid("best_selling", limit=1))) == ["Mug"]


def test_collection_grid_of_chosen_ones_keeps_their_order(show):
    garden, _kitchen, play = (make_collection(title=title) for title in ("Garden", "Kitchen", "Play"))
    html = show(("collection_grid", {"heading": "", "collections": [play.page, garden.page]}))
    shown = html.split("<main")[1].split("</main")[0]
    assert shown.count('class="tile"') == 2
    assert shown.index("Play") < shown.index("Garden")
    assert "Kitchen" not in shown


@pytest.mark.parametrize("rule", GridRule.values)
def test_a_grid_costs_as_many_queries_for_three_products_as_for_one(rf, home, rule, count_queries):
    first = make_product(title="First", tags=("gift",), pictures=[make_picture()])
    sell(first)
    block = ProductGridBlock()
    pages = [page_of(first)]
    value = {
        "rule": rule,
        "collection": CollectionPage.objects.get(collection=first.collection),
        "tag": "gift",
        "highest_price": Decimal(10_000),
        "limit": 8,
    }

    def render() -> int:
        with count_queries() as counted:
            block.render(block.normalize({**value, "products": pages}), context={"request": rf.get("/")})
        return len(counted)

    render()
    alone = render()
    for title in ("Second", "Third"):
        more = make_product(
            title=title, collection=first.collection, tags=("gift",), pictures=[make_picture()]
        )
        sell(more)
        pages.append(page_of(more))
    assert render() == alone


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("collection", "collection"),
        ("tag", "tag"),
        ("under_price", "highest_price"),
        ("hand_picked", "products"),
    ],
)
def test_a_rule_without_what_it_needs_is_refused_beside_the_field(rule, missing):
    block = ProductGridBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize({"rule": rule, "limit": 8}))
    assert list(refused.value.block_errors) == [missing]
    assert block.clean(block.normalize({"rule": "newest", "limit": 8}))["limit"] == 8
