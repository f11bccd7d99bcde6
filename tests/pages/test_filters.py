"""Facets of a list: what each choice would leave, and where it leads."""

import pytest
from django.http import QueryDict

from pages.filters import read_filters
from shop.models import Collection
from tests.factories.catalogue import make_collection, make_product, make_variant, warm_settings
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def garden(home) -> Collection:
    return make_collection(title="Garden")


@pytest.fixture
def look(client, garden):
    return lambda query="": client.get(f"/garden/{query}").context


@pytest.fixture
def _shelf(garden):
    """A hat in two sizes of which one is sold out, a rake and an empty pot."""
    hat = make_product(title="Hat", collection=garden, inventory=0, tags=("Summer",), options={"Size": "S"})
    make_variant(hat, options={"Size": "M"})
    rake = make_product(title="Rake", collection=garden, tags=("Summer", "Steel"), options={"Size": "M"})
    pot = make_product(title="Pot", collection=garden, inventory=0, tags=("Clay",))
    for product, ratings in ((hat, (5, 4)), (rake, (3,)), (pot, (1, 5))):
        for rating in ratings:
            product.reviews.create(name="A", description="B", rating=rating)
    hat.reviews.create(name="A", description="Waits", rating=1, is_approved=False)


def titles(context) -> list[str]:
    return [card.title for card in context["cards"]]


def counts(context) -> dict[str, dict[str, int]]:
    return {
        facet.heading: {choice.label: choice.count for choice in facet.choices} for facet in context["facets"]
    }


@pytest.mark.usefixtures("_shelf")
def test_filters_narrow(look):
    for query, expected in (
        ("?in_stock=on", ["Hat", "Rake"]),
        ("?tag=summer", ["Hat", "Rake"]),
        ("?tag=summer&tag=clay", ["Hat", "Pot", "Rake"]),
        ("?tag=unknown", []),
        ("?rating=4", ["Hat"]),
        ("?rating=3", ["Hat", "Pot", "Rake"]),
        ("?rating=9", ["Hat", "Pot", "Rake"]),
        ("?value=Size:S", ["Hat"]),
        ("?value=Size:S&value=Size:M", ["Hat", "Rake"]),
        ("?value=Size:M&value=Colour:Red", []),
        ("?value=Size&value=:&value=Size:", ["Hat", "Pot", "Rake"]),
        ("?tag=steel&value=Size:M&rating=3&in_stock=on", ["Rake"]),
    ):
        assert titles(look(query)) == expected, query


@pytest.mark.usefixtures("_shelf")
def test_choices_count_what_they_would_leave(look):
    assert counts(look()) == {
        "Availability": {"In stock": 2},
        "Size": {"M": 2, "S": 1},
        "Rating": {"4 stars and up": 1, "3 stars and up": 3},
        "Kind": {"Summer": 2, "Clay": 1, "Steel": 1},
    }
    assert counts(look("?tag=clay")) == {
        "Rating": {"3 stars and up": 1},
        "Kind": {"Summer": 2, "Clay": 1, "Steel": 1},
    }
    of_small = counts(look("?value=Size:S"))
    assert (of_small["Size"], of_small["Kind"]) == ({"M": 2, "S": 1}, {"Summer": 1})
    assert counts(look("?value=Size:XL"))["Size"] == {"M": 2, "S": 1, "XL": 0}


@pytest.mark.usefixtures("_shelf")
def test_what_is_on_sale_is_counted(look, garden):
    make_sale(products=[garden.products.get(title="Rake")])
    assert titles(look("?on_sale=on")) == ["Rake"]
    assert counts(look())["Availability"] == {"In stock": 2, "On sale": 1}


@pytest.mark.usefixtures("_shelf")
def test_choices_lead_to_the_list_with_them_turned_over(look):
    context = look("?tag=summer&sort=price&page=2&min_price=5&max_price=900")
    by_label = {choice.label: choice for facet in context["facets"] for choice in facet.choices}
    assert by_label["Summer"].chosen is True
    assert by_label["Summer"].url == "/garden/?sort=price&min_price=5&max_price=900"
    assert by_label["Steel"].url == "/garden/?tag=summer&tag=steel&sort=price&min_price=5&max_price=900"
    assert [(choice.label, choice.url) for choice in context["chosen"]] == [
        ("Summer", "/garden/?sort=price&min_price=5&max_price=900"),
        ("₹5 – ₹900", "/garden/?tag=summer&sort=price"),
    ]
    stars = {choice.label: choice.url for facet in look("?rating=4")["facets"] for choice in facet.choices}
    assert (stars["3 stars and up"], stars["4 stars and up"]) == ("/garden/?rating=3", "/garden/")


@pytest.mark.usefixtures("_shelf")
def test_search_engines_read_only_the_plain_list(client):
    for query, is_indexed in (
        ("", True),
        ("?page=2", True),
        ("?tag=summer", False),
        ("?sort=price", False),
        ("?unknown=1", True),
    ):
        page = client.get(f"/garden/{query}").content.decode()
        assert ('content="noindex, follow"' not in page) is is_indexed, query


@pytest.mark.parametrize("count", [1, 3])
def test_facets_cost_the_same_however_many_products(client, garden, count_queries, count):
    for number in range(count):
        lead = make_product(collection=garden, tags=("Summer",), options={"Size": f"L{number}"})
        make_variant(lead)
        lead.reviews.create(name="A", description="B", rating=5)
    warm_settings()
    client.get("/garden/?page=9")
    with count_queries(24):
        client.get("/garden/?tag=summer&in_stock=on&rating=4&min_price=1")


def test_only_so_many_values_are_read():
    query = QueryDict("&".join(f"tag=t{number}&value=Size:{number}" for number in range(50)))
    filters = read_filters(query)
    assert (len(filters.tags), len(filters.values["Size"])) == (20, 20)
