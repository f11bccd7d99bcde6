from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from shop.models import Product, Sale
from shop.pricing import SaleRule, Targets
from shop.sale_rules import SALES_SECONDS, current_sales, sales_as_of
from shop.selectors import find_next_price_change, price_product
from tests.factories.catalogue import make_item, make_shelf
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db

START = datetime(2036, 11, 1, tzinfo=UTC)
END = datetime(2036, 12, 1, tzinfo=UTC)
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def prices_of(*products: Product) -> list[str]:
    return [str(price_product(product, at=timezone.now()).unit.net) for product in products]


def test_rule_says_what_the_sale_says():
    lamp, shelf = make_item(), make_shelf()
    sale = make_sale(
        "amount", "30.50", name="Diwali", products=[lamp], collections=[shelf], starts_at=START, ends_at=END
    )
    assert current_sales() == (
        SaleRule(
            id=sale.pk,
            name="Diwali",
            kind="amount",
            value=Decimal("30.50"),
            targets=Targets(product_ids=frozenset({lamp.pk}), collection_ids=frozenset({shelf.pk})),
            starts_at=START,
            ends_at=END,
        ),
    )


def test_sale_of_a_product_means_its_variants():
    lead, other = make_item(), make_item()
    variant = make_item(variant_of=lead)
    make_sale(products=[lead])
    assert prices_of(lead, variant, other) == ["80.00", "80.00", "100.00"]


def test_sale_of_a_variant_means_that_one_alone():
    lead = make_item()
    small, large = make_item(variant_of=lead), make_item(variant_of=lead)
    make_sale(products=[small])
    assert prices_of(lead, small, large) == ["100.00", "80.00", "100.00"]


def test_sale_of_a_collection_means_what_stands_in_it():
    inside, outside = make_item(), make_item(collection=make_shelf(title="Other"))
    make_sale(collections=[make_shelf()])
    assert prices_of(inside, outside) == ["80.00", "100.00"]


def test_sale_of_a_tag_means_the_tagged_and_their_variants():
    brass, plain = make_item(tags=("Brass",)), make_item(tags=("Cotton",))
    variant = make_item(variant_of=brass)
    make_sale(tags=["brass"])
    assert prices_of(brass, variant, plain) == ["80.00", "80.00", "100.00"]


def test_sale_of_everything_means_every_product():
    make_sale()
    assert prices_of(make_item(), make_item(collection=make_shelf(title="Other"))) == ["80.00", "80.00"]


def test_sale_whose_last_product_is_deleted_does_not_become_one_of_everything():
    lamp, rug = make_item(), make_item()
    make_sale(products=[lamp])
    Product.objects.filter(pk=lamp.pk).delete()
    Sale.forget_rules()
    assert current_sales() == ()
    assert prices_of(rug) == ["100.00"]


def test_sale_of_a_tag_that_nothing_carries_means_nothing():
    brass = make_item(tags=("Brass",))
    make_sale(tags=["brass"])
    brass.tags.clear()
    Sale.forget_rules()
    assert current_sales() == ()


def test_draft_is_not_in_force():
    make_sale(live=False)
    assert current_sales() == ()
    assert prices_of(make_item()) == ["100.00"]


def test_sale_to_come_is_known_and_one_that_is_over_is_not():
    now = timezone.now()
    coming = make_sale(starts_at=now + DAY)
    make_sale(ends_at=now - DAY)
    make_sale(expire_at=now - DAY)
    assert [rule.id for rule in current_sales()] == [coming.pk]


@pytest.mark.parametrize(("ends_at", "expire_at"), [(END, END + DAY), (END + DAY, END), (None, END)])
def test_sale_is_over_at_its_end_or_its_expiry_whichever_is_first(ends_at, expire_at):
    make_sale(ends_at=ends_at, expire_at=expire_at)
    assert current_sales()[0].ends_at == END


def test_rules_cost_no_query_once_they_are_read(count_queries):
    product = make_item(tags=("Brass",))
    make_sale(products=[product], collections=[make_shelf()])
    make_sale(tags=["brass"])
    with count_queries(5):
        current_sales()
    with count_queries(0):
        current_sales()


@pytest.mark.parametrize("count", [1, 3])
def test_reading_rules_costs_the_same_however_many(count, count_queries):
    product = make_item(tags=("Brass",))
    for _ in range(count):
        make_sale(products=[product], collections=[make_shelf()], tags=["brass"])
    with count_queries() as counted:
        assert len(current_sales()) == count
    assert len(counted) == 5


def test_rules_are_read_anew_within_five_seconds(monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda key, value, seconds: kept.append((key, seconds)))
    current_sales()
    assert kept == [("shop.sales", 5)]
    assert SALES_SECONDS == 5


@pytest.mark.django_db(transaction=True)
def test_saved_sale_is_in_force_at_once_and_a_deleted_one_no_longer():
    product = make_item()
    assert prices_of(product) == ["100.00"]
    Sale.objects.create(name="Diwali", value=20, covers_everything=True)
    assert prices_of(product) == ["80.00"]
    Sale.objects.all().delete()
    assert prices_of(product) == ["100.00"]


def test_rules_that_were_read_before_a_change_are_not_kept_beyond_it(monkeypatch):
    """A process that reads the old rows, and keeps them only after another has published, harms nobody."""
    make_sale("percent", "10")
    keep, published = cache.set, []

    def publish_meanwhile(key, value, seconds):
        if key == Sale.RULES_KEY and not published:
            published.append(make_sale("percent", "50"))
        keep(key, value, seconds)

    cache.clear()
    monkeypatch.setattr(cache, "set", publish_meanwhile)
    assert [rule.value for rule in current_sales()] == [Decimal(10)]
    assert sorted(rule.value for rule in current_sales()) == [Decimal(10), Decimal(50)]


def test_next_price_change_is_the_nearest_bound_of_any_sale():
    make_sale(starts_at=START, ends_at=END)
    make_sale(starts_at=START + DAY)
    make_sale(ends_at=START + 2 * DAY)
    make_sale()
    steps = [START - DAY, START - TICK, START, START + DAY, START + 2 * DAY, END - TICK, END]
    assert [find_next_price_change(at) for at in steps] == [
        START,
        START,
        START + DAY,
        START + 2 * DAY,
        END,
        END,
        None,
    ]


def test_moment_to_come_knows_what_is_scheduled_by_then():
    make_sale("percent", "10", name="Now").save_revision().publish()
    sale = Sale.objects.get()
    sale.value, sale.go_live_at = Decimal(50), START
    sale.save_revision().publish()
    draft = make_sale("percent", "30", name="New", live=False)
    draft.go_live_at = START + DAY
    draft.save_revision().publish()

    def values(at):
        return sorted(rule.value for rule in sales_as_of(at))

    assert values(START - TICK) == [Decimal(10)]
    assert values(START) == [Decimal(50)]
    assert values(START + DAY) == [Decimal(30), Decimal(50)]
    assert [rule.value for rule in current_sales()] == [Decimal(10)]
