"""Sales on pages: cards, product pages, lists, grids, to the microsecond."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils import timezone

from pages.cards import find_cards
from pages.grids import GridRule, choose_products
from pages.models import CollectionPage
from pages.moments import find_prices
from pages.price_filter import filter_by_price
from shop.models import Product
from shop.sale_rules import current_sales
from tests.factories.catalogue import make_collection, make_product, make_variant, page_of, warm_settings
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db

START = datetime(2036, 11, 1, 18, 30, tzinfo=UTC)
END = datetime(2036, 12, 1, 18, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.fixture
def set_clock(monkeypatch):
    """The clock of the process, read by views."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.mark.parametrize(
    ("at", "price", "old_price"),
    [
        (START - TICK, "110.00", None),
        (START, "88.00", "110.00"),
        (END - TICK, "88.00", "110.00"),
        (END, "110.00", None),
    ],
)
def test_product_page_and_card_switch_at_the_very_moment(client, set_clock, at, price, old_price):
    product = make_product()
    make_sale(products=[product], starts_at=START, ends_at=END)
    url = page_of(product).url
    current_sales()  # kept: that a sale is on is asked at each request
    set_clock(at)
    shown = client.get(url).context
    card = find_cards([product])[0]
    expected = (Decimal(price), old_price and Decimal(old_price))
    assert (shown["price"], shown["old_price"]) == expected
    assert (card.price, card.old_price) == expected


def test_page_says_old_price_new_price_and_saving(client):
    product = make_product(unit_price="1000.00")
    make_sale("percent", "20", products=[product])
    for url in (page_of(product).url, page_of(product).get_parent().url):
        page = client.get(url).content.decode()
        assert '<span class="price__now">₹880</span>' in page
        assert '<s class="price__old">₹1,100</s>' in page
        assert "−20 %" in page


def test_variants_show_the_price_of_their_leads_sale(client):
    lead = make_product(tags=("Brass",))
    make_variant(lead, unit_price="200.00")
    make_sale(tags=["brass"])
    choices = client.get(page_of(lead).url).context["choices"]
    assert [(choice.price, choice.old_price) for choice in choices] == [
        (Decimal("88.00"), Decimal("110.00")),
        (Decimal("176.00"), Decimal("220.00")),
    ]


def test_search_shows_the_price_of_the_sale(client):
    product = make_product(title="Brass lamp")
    make_sale(products=[product])
    card = client.get("/search/", {"q": "brass"}).context["cards"][0]
    assert (card.price, card.old_price) == (Decimal("88.00"), Decimal("110.00"))


def list_titles(client, page: CollectionPage, **query) -> list[str]:
    return [card.title for card in client.get(page.url, query).context["cards"]]


def test_list_is_sorted_by_the_price_that_it_shows(client):
    shelf = make_collection()
    for title, unit_price in (("A", "100.00"), ("B", "90.00"), ("C", "150.00")):
        make_product(title=title, unit_price=unit_price, collection=shelf)
    make_sale("amount", "20", products=Product.objects.filter(title="A"))
    page = CollectionPage.objects.get()
    assert list_titles(client, page, sort="price") == ["A", "B", "C"]
    assert list_titles(client, page, sort="-price") == ["C", "B", "A"]


def test_list_is_filtered_by_the_price_that_it_shows(client):
    shelf = make_collection()
    for title in ("A", "B"):
        make_product(title=title, collection=shelf)
    make_sale("amount", "20", products=Product.objects.filter(title="A"))
    page = CollectionPage.objects.get()
    assert list_titles(client, page, max_price="88") == ["A"]
    assert list_titles(client, page, min_price="89") == ["B"]
    assert list_titles(client, page, max_price="87.99") == []


def test_list_is_narrowed_to_what_is_on_sale(client):
    shelf = make_collection()
    for title in ("A", "B"):
        make_product(title=title, collection=shelf)
    page = CollectionPage.objects.get()
    assert 'name="on_sale"' not in client.get(page.url).content.decode()
    make_sale(products=Product.objects.filter(title="A"))
    assert 'name="on_sale"' in client.get(page.url).content.decode()
    assert list_titles(client, page, on_sale="on") == ["A"]
    assert list_titles(client, page) == ["A", "B"]


def test_price_filter_counts_tax_and_sale():
    make_product(unit_price="100.00")
    make_sale("amount", "20")
    found = filter_by_price(Product.objects.all(), sales=current_sales(), highest=Decimal("88.00"))
    assert found.count() == 1
    assert not filter_by_price(Product.objects.all(), sales=(), highest=Decimal("88.00")).exists()


def test_grid_shows_what_is_on_sale_newest_first():
    old, _plain, new = (make_product() for _ in range(3))
    make_sale(products=[old, new])
    value = {"rule": GridRule.ON_SALE, "limit": 8}
    prices = find_prices(None)
    assert choose_products(value, sales=prices.sales, at=prices.at) == [new, old]
    assert choose_products({**value, "limit": 1}, sales=prices.sales, at=prices.at) == [new]
    assert choose_products(value, sales=(), at=prices.at) == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_with_sales(client, count, count_queries):
    shelf = make_collection()
    for _ in range(3):
        make_product(collection=shelf, tags=("Brass",))
    url = CollectionPage.objects.get().url
    client.get(url)
    warm_settings()
    with count_queries() as without:
        client.get(url)
    for _ in range(count):
        make_sale(tags=["brass"], collections=[shelf], products=Product.objects.all())
    warm_settings()
    with count_queries() as with_sales:
        client.get(url)
    assert len(with_sales) == len(without) + 1  # how many products are on sale, for the filter


def preview(page, mode: str = ""):
    request = RequestFactory().get("/")
    response = page.make_preview_request(request, mode)
    assert response.status_code == 200
    return response.content.decode()


def test_preview_offers_the_moments_at_which_prices_change():
    product = make_product()
    make_sale(products=[product], starts_at=START, ends_at=END)
    page = page_of(product)
    assert [(name, str(label)) for name, label in page.preview_modes[:-1]] == [
        ("", "Default"),
        (START.isoformat(), "As of 2 Nov 2036, 00:00"),
        (END.isoformat(), "As of 2 Dec 2036, 00:00"),
    ]
    assert page.get_parent().specific.preview_modes == page.preview_modes


def test_preview_as_of_a_date_shows_the_prices_of_then():
    product = make_product()
    make_sale(products=[product], starts_at=START, ends_at=END)
    draft = make_sale("percent", "50", live=False, starts_at=START)
    draft.go_live_at = START - TICK
    draft.save_revision().publish()
    for page in (page_of(product), page_of(product).get_parent().specific):
        assert "₹55" not in preview(page)
        assert "₹110" in preview(page)
        assert "₹55" in preview(page, START.isoformat())
        assert "₹110" in preview(page, (START - 2 * TICK).isoformat())
        assert "₹110" in preview(page, "no moment")


def test_preview_of_a_sale_shows_its_products_as_of_its_start():
    lamp, rug = make_product(title="Brass lamp"), make_product(title="Cotton rug")
    make_variant(lamp)
    sale = make_sale(
        "percent", "50", name="Diwali", products=[lamp], starts_at=START, ends_at=END, live=False
    )
    page = preview(sale)
    assert "Diwali" in page
    assert "1 product, at its price of 2 Nov 2036" in " ".join(page.split())
    assert "Brass lamp" in page
    assert "₹55" in page
    assert rug.title not in page


def test_preview_of_an_unfinished_sale_is_an_empty_page():
    sale = make_sale(products=[make_product()])
    sale.chosen = []
    assert "0 products" in preview(sale)
