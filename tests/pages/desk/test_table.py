"""The catalogue as a table: what it shows, finds and asks of the database."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.models import CatalogueView
from shop.models import Product, Tag
from tests.factories.catalogue import (
    make_collection,
    make_picture,
    make_product,
    make_tax_class,
    make_variant,
    page_of,
    warm_settings,
)
from tests.factories.orders import make_order
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db


def titles(client, query: str = "") -> list[str]:
    html = client.get(f"{reverse('catalogue')}{query}").content.decode()
    return re.findall(r'id="product-\d+">\s*(?:<a [^>]*>)?([^<]*?)(?:</a>)?\s*</div>', html)


def test_row_says_what_sells(manager):
    product = make_product(title="Lamp", sku="L-1", unit_price="1250.00", inventory=3)
    make_sale(value="20", covers_everything=True)
    html = manager.get(reverse("catalogue")).content.decode()
    for text in ("Lamp", "L-1", "₹1,250", "₹1,000", 'data-value="3"', "haat-cell--low", "Live"):
        assert text in html
    assert reverse("wagtailadmin_pages:edit", args=[page_of(product).pk]) in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Cup", "Lamp", "Lamp, S", "Shade"]),
        ("?q=lam", ["Lamp", "Lamp, S"]),
        ("?q=shade+s-9", ["Shade"]),
        ("?q=nothing", []),
        ("?stock=out", ["Cup"]),
        ("?stock=low", ["Shade"]),
        ("?stock=enough", ["Lamp", "Lamp, S"]),
        ("?state=live", ["Cup", "Lamp", "Lamp, S"]),
        ("?state=hidden", ["Shade"]),
        ("?state=archived", ["Old"]),
        ("?kind=variants", ["Lamp, S"]),
        ("?kind=leads", ["Cup", "Lamp", "Shade"]),
        ("?tax=own", ["Cup", "Lamp", "Lamp, S"]),
        ("?sale=yes", ["Cup"]),
        ("?sale=no", ["Lamp", "Lamp, S", "Shade"]),
        ("?ordering=-title", ["Shade", "Lamp, S", "Lamp", "Cup"]),
        ("?ordering=unit_price", ["Lamp", "Lamp, S", "Shade", "Cup"]),
        ("?ordering=password", ["Cup", "Lamp", "Lamp, S", "Shade"]),
        ("?stock=many", ["Cup", "Lamp", "Lamp, S", "Shade"]),
    ],
)
def test_search_filters_and_order(manager, query, expected):
    shelf = make_collection()
    lamp = make_product(title="Lamp", collection=shelf, inventory=20)
    make_variant(lamp, options={"Size": "S"}, inventory=30)
    cup = make_product(title="Cup", collection=shelf, inventory=0, unit_price="300.00")
    make_sale(value="10", products=[cup])
    shade = make_product(
        title="Shade",
        collection=shelf,
        sku="S-9",
        inventory=5,
        unit_price="200.00",
        tax_class_id=make_tax_class().pk,
    )
    page_of(shade).unpublish()
    old = make_product(title="Old", collection=shelf)
    Product.objects.filter(pk=old.pk).update(archived_at=timezone.now())
    assert titles(manager, query) == expected


def test_filters_by_collection_tag_and_tax_class(manager):
    books = make_tax_class()
    lamp = make_product(title="Lamp", tags=("Light",))
    make_product(title="Book", tax_class_id=books.pk)
    assert titles(manager, f"?collection={lamp.collection_id}") == ["Lamp"]
    assert titles(manager, f"?tag={Tag.objects.get().pk}") == ["Lamp"]
    assert titles(manager, f"?tax={books.pk}") == ["Book"]


def test_sold_counts_the_pieces_paid_for_in_thirty_days(manager):
    product = make_product(inventory=50)
    for days in (1, 29, 31):
        order = make_order((product, 2))
        type(order).objects.filter(pk=order.pk).update(paid_at=timezone.now() - timedelta(days=days))
    make_order((product, 7))
    html = manager.get(reverse("catalogue")).content.decode()
    assert re.search(r'<td class="haat-number">4</td>', html)


@pytest.mark.parametrize("rows", [1, 3])
def test_table_asks_no_more_for_more_rows(manager, count_queries, rows):
    lead = make_product(pictures=[make_picture()])
    for _number in range(rows - 1):
        make_variant(lead)
    warm_settings()
    manager.get(reverse("catalogue"))
    with count_queries(20) as counted:
        manager.get(reverse("catalogue"))
    assert len(counted) == 19


def test_results_alone_are_a_part_of_the_page(manager):
    make_product(title="Lamp")
    html = manager.get(reverse("catalogue_results")).content.decode()
    assert "Lamp" in html
    assert "<html" not in html


def test_who_may_only_look_has_no_buttons(looker):
    make_product(title="Lamp")
    html = looker.get(reverse("catalogue")).content.decode()
    assert "Lamp" in html
    assert "data-fact=" not in html
    assert "Change prices" not in html


def test_columns_are_each_persons_own(manager, looker):
    make_product(sku="L-1", hsn_code="6912")
    manager.post(reverse("catalogue_columns"), {"column": ["hsn_code", "password"], "within": "q=l"})
    html = manager.get(reverse("catalogue")).content.decode()
    assert "6912" in html
    assert "L-1" not in html
    assert "L-1" in looker.get(reverse("catalogue")).content.decode()


def test_view_keeps_filters_order_and_columns(manager, looker):
    make_product(title="Lamp", inventory=0)
    make_product(title="Cup")
    query = {"name": "Sold out", "within": "stock=out&ordering=-title", "shown": ["stock"], "shared": "1"}
    answer = manager.post(reverse("catalogue_view_save"), query)
    view = CatalogueView.objects.get()
    assert answer["Location"] == f"/admin/catalogue/?stock=out&ordering=-title&view={view.pk}"
    assert (view.owner.username, view.columns, view.is_shared) == ("manager", ["stock"], True)
    assert titles(looker, answer["Location"].partition("?")[1] + answer["Location"].partition("?")[2]) == [
        "Lamp"
    ]
    assert "Sold out" in looker.get(reverse("catalogue")).content.decode()


def test_view_that_is_not_shared_is_nobody_elses_and_only_its_owner_deletes_it(manager, looker):
    manager.post(reverse("catalogue_view_save"), {"name": "Mine", "within": ""})
    view = CatalogueView.objects.get()
    assert "Mine" not in looker.get(reverse("catalogue")).content.decode()
    looker.post(reverse("catalogue_view_delete", args=[view.pk]))
    assert CatalogueView.objects.exists()
    manager.post(reverse("catalogue_view_delete", args=[view.pk]))
    assert not CatalogueView.objects.exists()


def test_product_tells_how_its_price_and_stock_came_about(manager, looker, manager_user):
    product = make_product(unit_price="100.00", inventory=10)
    for address, body in (
        ("catalogue_price", {"seen": "100.00", "unit_price": "90.00", "reason": "Competition"}),
        ("catalogue_stock", {"seen": 10, "way": "delta", "pieces": -2, "reason": "Broken"}),
    ):
        url = reverse(address, args=[product.pk])
        assert manager.post(url, body, content_type="application/json").status_code == 200
    html = looker.get(reverse("catalogue_product", args=[product.pk])).content.decode()
    for text in ("Competition", "₹100", "₹90", "Broken", "-2", "First stock", "manager"):
        assert text in html


@pytest.mark.parametrize("rows", [1, 3])
def test_history_asks_no_more_for_more_changes(looker, count_queries, rows):
    product = make_product()
    for number in range(rows):
        product.movements.create(delta=number + 1, reason="adjusted")
        product.price_changes.create(before=Decimal(number + 1), after=Decimal(number + 2))
    warm_settings()
    url = reverse("catalogue_product", args=[product.pk])
    looker.get(url)
    with count_queries(20) as counted:
        looker.get(url)
    assert len(counted) == 17
