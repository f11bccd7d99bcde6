import re

import pytest
from django.db import transaction
from django.db.models import Sum

from shop.enums import StockReason
from shop.models import Product, StockMovement
from shop.services import stock
from shop.services.stock import (
    OutOfStock,
    Shortage,
    StockChanged,
    Unavailable,
    adjust_stock,
    correct_stock,
    explain_refusal,
    hold_stock,
    release_stock,
)
from tests.factories.catalogue import make_item
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


def stock_of(product: Product) -> int:
    return Product.objects.values_list("inventory", flat=True).get(pk=product.pk)


def moved(product: Product) -> list[tuple[int, str, int | None]]:
    rows = StockMovement.objects.filter(product=product).order_by("pk")
    return list(rows.values_list("delta", "reason", "order_id"))


def ledger_of(product: Product) -> int:
    return StockMovement.objects.filter(product=product).aggregate(sum=Sum("delta"))["sum"] or 0


def test_hold_takes_the_quantities_and_writes_them_down():
    chair, lamp = make_item(inventory=10), make_item(inventory=5)
    hold_stock(quantities={lamp.pk: 5, chair.pk: 3}, order_id=42)
    assert (stock_of(chair), stock_of(lamp)) == (7, 0)
    assert moved(chair) == [(10, "initial", None), (-3, "held", 42)]
    assert moved(lamp) == [(5, "initial", None), (-5, "held", 42)]


def test_hold_updates_in_the_order_of_primary_keys(count_queries):
    first, second, third = (make_item() for _ in range(3))
    with count_queries() as counted:
        hold_stock(quantities={third.pk: 1, first.pk: 1, second.pk: 1}, order_id=1)
    updated = [re.search(r'id["`] = (\d+)', sql) for sql in counted.statements if sql.startswith("UPDATE")]
    assert [int(found[1]) for found in updated] == [first.pk, second.pk, third.pk]
    assert len(counted) == 4  # one update for each product, and one insert of all movements


def test_hold_of_more_than_there_is_names_every_shortage():
    chair, lamp, rug = make_item(inventory=1), make_item(inventory=10), make_item(inventory=0)
    with pytest.raises(OutOfStock) as refused, transaction.atomic():
        hold_stock(quantities={chair.pk: 2, lamp.pk: 10, rug.pk: 4}, order_id=1)
    assert refused.value.shortages == [
        Shortage(product_id=chair.pk, requested=2, available=1),
        Shortage(product_id=rug.pk, requested=4, available=0),
    ]
    assert str(refused.value) == "Some products are not in stock in the quantity you asked for."
    assert (stock_of(chair), stock_of(lamp), stock_of(rug)) == (1, 10, 0)
    assert moved(lamp) == [(10, "initial", None)]


def test_hold_does_not_call_short_what_it_took_itself():
    chair, lamp = make_item(inventory=3), make_item(inventory=1)
    with pytest.raises(OutOfStock) as refused, transaction.atomic():
        hold_stock(quantities={chair.pk: 2, lamp.pk: 2}, order_id=1)  # of the chair one is left after its two
    assert refused.value.shortages == [Shortage(product_id=lamp.pk, requested=2, available=1)]


def test_hold_of_a_product_that_is_not_sold_is_refused_whatever_the_stock():
    chair, draft = make_item(inventory=0), make_item(inventory=9, is_live=False)
    with pytest.raises(Unavailable) as refused, transaction.atomic():
        hold_stock(quantities={chair.pk: 1, draft.pk: 1}, order_id=1)
    assert refused.value.product_ids == [draft.pk]
    assert str(refused.value) == "Some products in the cart are no longer for sale."
    assert stock_of(draft) == 9


def test_hold_of_a_deleted_product_is_refused():
    with pytest.raises(Unavailable) as refused, transaction.atomic():
        hold_stock(quantities={987654: 1}, order_id=1)
    assert refused.value.product_ids == [987654]


def test_stock_that_is_there_by_now_explains_no_refusal():
    assert explain_refusal({make_item(inventory=2).pk: 2}) is None


def test_hold_takes_what_was_given_back_while_it_looked(monkeypatch):
    chair = make_item(inventory=0)
    explain = stock.explain_refusal

    def give_back_then_explain(quantities):
        Product.objects.filter(pk=chair.pk).update(inventory=2)
        return explain(quantities)

    monkeypatch.setattr(stock, "explain_refusal", give_back_then_explain)
    hold_stock(quantities={chair.pk: 2}, order_id=1)
    assert stock_of(chair) == 0


def test_release_gives_back_what_an_order_held():
    chair, lamp = make_item(inventory=4), make_item(inventory=4)
    hold_stock(quantities={chair.pk: 4, lamp.pk: 1}, order_id=7)
    release_stock(quantities={chair.pk: 4, lamp.pk: 1}, order_id=7)
    assert (stock_of(chair), stock_of(lamp)) == (4, 4)
    assert moved(chair) == [(4, "initial", None), (-4, "held", 7), (4, "released", 7)]


def test_release_gives_back_products_that_are_no_longer_sold():
    chair = make_item(inventory=4)
    hold_stock(quantities={chair.pk: 4}, order_id=7)
    Product.objects.filter(pk=chair.pk).update(is_live=False)
    release_stock(quantities={chair.pk: 4}, order_id=7)
    assert stock_of(chair) == 4


@pytest.mark.parametrize(("delta", "left"), [(5, 15), (-3, 7), (-10, 0)])
def test_adjustment_changes_stock_and_says_who_and_why(delta, left):
    chair, user = make_item(inventory=10), make_staff()
    adjust_stock(product_id=chair.pk, delta=delta, user=user, note="Counted again")
    assert stock_of(chair) == left
    movement = StockMovement.objects.filter(product=chair).first()
    assert (movement.delta, movement.reason) == (delta, StockReason.ADJUSTED)
    assert (movement.user, movement.note, movement.order_id) == (user, "Counted again", None)


def test_adjustment_by_nothing_writes_nothing(count_queries):
    chair = make_item(inventory=10)
    with count_queries(0):
        adjust_stock(product_id=chair.pk, delta=0)


@pytest.mark.parametrize("is_live", [True, False])
def test_adjustment_below_zero_is_refused_on_sale_or_not(is_live):
    chair = make_item(inventory=2, is_live=is_live)
    with pytest.raises(OutOfStock) as refused:
        adjust_stock(product_id=chair.pk, delta=-3)
    assert refused.value.shortages == [Shortage(product_id=chair.pk, requested=3, available=2)]
    assert stock_of(chair) == 2
    assert moved(chair) == [(2, "initial", None)]


def test_adjustment_of_no_product_is_refused():
    with pytest.raises(Product.DoesNotExist):
        adjust_stock(product_id=987654, delta=1)


@pytest.mark.parametrize(("counted", "deltas"), [(25, [10, 15]), (4, [10, -6]), (10, [10])])
def test_correction_sets_what_was_counted(counted, deltas):
    chair, user = make_item(inventory=10), make_staff()
    correct_stock(product_id=chair.pk, seen=10, counted=counted, user=user, note="Shelf 3")
    assert stock_of(chair) == counted
    assert [delta for delta, *_ in moved(chair)] == deltas


def test_correction_writes_down_who_and_why():
    chair, user = make_item(inventory=10), make_staff()
    correct_stock(product_id=chair.pk, seen=10, counted=25, user=user, note="Shelf 3")
    movement = StockMovement.objects.filter(product=chair).first()
    assert (movement.reason, movement.user, movement.note) == (StockReason.ADJUSTED, user, "Shelf 3")


def test_correction_of_a_stock_that_changed_meanwhile_is_refused():
    chair = make_item(inventory=9)
    with pytest.raises(StockChanged) as refused:
        correct_stock(product_id=chair.pk, seen=10, counted=25)
    assert refused.value.current == 9
    assert str(refused.value) == "The stock has changed meanwhile: it is 9 now."
    assert stock_of(chair) == 9
    assert moved(chair) == [(9, "initial", None)]


def test_ledger_adds_up_to_the_stock_after_everything():
    chair = make_item(inventory=20)
    hold_stock(quantities={chair.pk: 7}, order_id=1)
    hold_stock(quantities={chair.pk: 2}, order_id=2)
    release_stock(quantities={chair.pk: 7}, order_id=1)
    adjust_stock(product_id=chair.pk, delta=-4)
    correct_stock(product_id=chair.pk, seen=14, counted=30)
    with pytest.raises(OutOfStock), transaction.atomic():
        hold_stock(quantities={chair.pk: 31}, order_id=3)
    assert stock_of(chair) == ledger_of(chair) == 30


def test_product_without_stock_has_an_empty_ledger():
    chair = make_item(inventory=0)
    assert moved(chair) == []
    assert ledger_of(chair) == stock_of(chair) == 0
