from decimal import Decimal

import pytest

from shop.models import Product
from shop.pricing import SaleRule, Targets
from shop.sale_rules import current_sales
from shop.selectors import describe_line
from tests.factories.catalogue import make_item, make_shelf
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db


def sale_prices() -> dict[int, Decimal]:
    rows = Product.objects.with_sale_price(current_sales()).values_list("pk", "sale_price")
    return {pk: Decimal(str(price)).quantize(Decimal("0.01")) for pk, price in rows}


def test_without_sales_the_sale_price_is_the_typed_one():
    lamp = make_item(unit_price="99.50")
    assert sale_prices() == {lamp.pk: Decimal("99.50")}
    assert not Product.objects.on_sale(()).exists()


@pytest.mark.parametrize(
    ("kind", "value"),
    [("percent", "20"), ("percent", "100"), ("amount", "30"), ("amount", "500"), ("fixed", "75")],
)
def test_database_prices_as_pricing_does(kind, value):
    for unit_price in ("1.00", "37.00", "75.00", "100.00", "12499.00"):
        make_item(unit_price=unit_price)
    make_sale(kind, value)
    (rule,) = current_sales()
    expected = {item.pk: rule.price(item.unit_price) for item in Product.objects.all()}
    assert sale_prices() == expected


def test_lowest_of_several_sales_counts_for_what_each_names():
    lead, other = make_item(tags=("Brass",)), make_item(collection=make_shelf(title="Other"))
    variant = make_item(variant_of=lead)
    make_sale("percent", "10")
    make_sale("amount", "30", tags=["brass"])
    make_sale("fixed", "65", products=[variant])
    assert sale_prices() == {
        lead.pk: Decimal("70.00"),
        variant.pk: Decimal("65.00"),
        other.pk: Decimal("90.00"),
    }


def test_on_sale_is_what_a_sale_makes_cheaper():
    lamp, rug, cup = (
        make_item(),
        make_item(unit_price="40.00"),
        make_item(collection=make_shelf(title="Cups")),
    )
    make_sale("fixed", "40", collections=[make_shelf()])
    assert list(Product.objects.on_sale(current_sales())) == [lamp]
    assert {rug, cup} <= set(Product.objects.all())


@pytest.mark.parametrize(
    "targets", [Targets(), Targets(product_ids=frozenset({1})), Targets(collection_ids=frozenset({1}))]
)
def test_database_means_the_same_products_as_pricing(targets):
    items = [make_item(), make_item(collection=make_shelf(title="Other"))]
    items.append(make_item(variant_of=items[0]))
    if targets.product_ids:
        targets = Targets(product_ids=frozenset({items[0].pk}))
    if targets.collection_ids:
        targets = Targets(collection_ids=frozenset({items[1].collection_id}))
    meant = {item for item in items if targets.include(describe_line(item))}
    assert set(Product.objects.meant_by(targets)) == meant
    rule = SaleRule(id=1, name="", kind="percent", value=Decimal(20), targets=targets)
    assert set(Product.objects.on_sale([rule])) == meant
