"""Many prices or stocks at once: seen first, applied once, undone as one."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from pages.services import bulk_changes
from pages.services.bulk_changes import (
    NotUndoable,
    apply_change,
    apply_next_lines,
    continue_all,
    count_outcomes,
    forget_unapplied,
    start_applying,
    undo_change,
)
from shop.enums import BulkField, BulkState
from shop.models import BulkChange, PriceChange, Product, StockMovement
from shop.pricing.adjustments import AdjustmentKind, PriceAdjustment
from shop.services.bulk_changes import (
    Intent,
    NothingToChange,
    StockAdjustment,
    prepare_prices,
    prepare_stock,
)
from tests.factories.catalogue import make_collection, make_product, make_variant, page_of
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def manager(broker):
    return make_staff(username="manager")


def less(percent, user, **others) -> BulkChange:
    """So many percent off everything there is, prepared."""
    adjustment = PriceAdjustment(AdjustmentKind.PERCENT, Decimal(-percent))
    intent = Intent(BulkField.PRICE, f"{percent} % less", "Clearance", user.pk)
    return prepare_prices(products=Product.objects.all(), adjustment=adjustment, intent=intent, **others)


def restock(user, **adjustment) -> BulkChange:
    intent = Intent(BulkField.STOCK, "Restock", "Delivery", user.pk, is_delta="delta" in adjustment)
    return prepare_stock(
        products=Product.objects.all(), adjustment=StockAdjustment(**adjustment), intent=intent
    )


def prices() -> list[str]:
    return [str(price) for price in Product.objects.order_by("pk").values_list("unit_price", flat=True)]


def stocks() -> list[int]:
    return list(Product.objects.order_by("pk").values_list("inventory", flat=True))


def make_two(**facts):
    shelf = make_collection()
    return [make_product(collection=shelf, unit_price=price, **facts) for price in ("100.00", "50.00")]


def test_prepared_change_writes_nothing(manager):
    make_two()
    change = less(20, manager)
    assert (change.state, prices()) == (BulkState.PREPARED, ["100.00", "50.00"])
    assert [(line.before, line.after) for line in change.lines.all()] == [
        (Decimal("100.00"), Decimal("80.00")),
        (Decimal("50.00"), Decimal("40.00")),
    ]


def test_applied_change_says_who_when_and_why(manager):
    first, _second = make_two()
    change = less(20, manager)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    change.refresh_from_db()
    assert (change.state, change.applied_at, prices()) == (BulkState.DONE, NOW, ["80.00", "40.00"])
    kept = PriceChange.objects.filter(product=first).values_list("before", "after", "user", "note").get()
    assert kept == (Decimal("100.00"), Decimal("80.00"), manager.pk, "Clearance")
    entry = ModelLogEntry.objects.get(action="haat.bulk_change")
    assert (entry.user, entry.data) == (
        manager,
        {"change": "20 % less", "reason": "Clearance", "products": 2},
    )


def test_change_applied_twice_is_applied_once(manager):
    make_two()
    change = less(20, manager)
    for _time in range(2):
        apply_change(change_id=change.pk, user=manager, at=NOW)
    assert prices() == ["80.00", "40.00"]
    assert PriceChange.objects.count() == 2


def test_price_changed_after_the_preview_is_a_conflict_of_its_line_only(manager):
    first, _second = make_two()
    change = less(20, manager)
    Product.objects.filter(pk=first.pk).update(unit_price=Decimal("70.00"))
    apply_change(change_id=change.pk, user=manager, at=NOW)
    assert prices() == ["70.00", "40.00"]
    line = change.lines.get(product=first)
    assert (line.outcome, line.before, line.found) == ("conflict", Decimal("100.00"), Decimal("70.00"))
    assert count_outcomes(change) == {"waiting": 0, "applied": 1, "conflict": 1, "refused": 0}


def test_delta_adds_to_what_is_there_by_then(manager):
    first, second = make_two(inventory=10)
    change = restock(manager, delta=5)
    Product.objects.filter(pk=first.pk).update(inventory=7)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    assert stocks() == [12, 15]
    movement = StockMovement.objects.filter(product=second).first()
    assert (movement.delta, movement.user, movement.note) == (5, manager, "Delivery")


def test_counted_stock_that_was_sold_from_meanwhile_is_a_conflict(manager):
    first, second = make_two(inventory=10)
    change = restock(manager, counted=25)
    Product.objects.filter(pk=first.pk).update(inventory=7)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    assert stocks() == [7, 25]
    assert change.lines.get(product=first).found == 7
    assert change.lines.get(product=second).outcome == "applied"


@pytest.mark.parametrize("prepare", [lambda user: less(100, user), lambda user: restock(user, delta=-11)])
def test_impossible_lines_are_refused_before_anything_is_applied(manager, prepare):
    make_two(inventory=10)
    change = prepare(manager)
    assert {line.outcome for line in change.lines.all()} == {"refused"}
    apply_change(change_id=change.pk, user=manager, at=NOW)
    assert (prices(), stocks()) == (["100.00", "50.00"], [10, 10])


def test_nothing_to_change_is_said(manager):
    make_two(inventory=10)
    with pytest.raises(NothingToChange):
        restock(manager, counted=10)
    assert not BulkChange.objects.exists()


def test_unpriced_product_gets_a_set_price_and_goes_on_sale_but_no_percentage(manager):
    product = make_product(unit_price="0.00")
    with pytest.raises(NothingToChange):
        less(20, manager)
    adjustment = PriceAdjustment(AdjustmentKind.SET, Decimal("99.00"))
    intent = Intent(BulkField.PRICE, "₹99 for all", "New", manager.pk)
    change = prepare_prices(products=Product.objects.all(), adjustment=adjustment, intent=intent)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    assert Product.objects.values_list("unit_price", "is_live").get(pk=product.pk) == (Decimal("99.00"), True)


def test_hidden_page_keeps_its_products_off_the_shop(manager):
    lead = make_product()
    make_variant(lead)
    page_of(lead).unpublish()
    change = less(20, manager)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    assert set(Product.objects.values_list("unit_price", "is_live")) == {(Decimal("80.00"), False)}


def test_change_whose_process_died_goes_on_where_it_was(manager, monkeypatch):
    make_two()
    monkeypatch.setattr(bulk_changes, "LINES_AT_ONCE", 1)
    change = less(20, manager)
    assert start_applying(change_id=change.pk, user=manager, at=NOW)
    assert apply_next_lines(change_id=change.pk)
    assert prices() == ["80.00", "50.00"]
    continue_all()
    assert (prices(), BulkChange.objects.get().state) == (["80.00", "40.00"], BulkState.DONE)
    assert PriceChange.objects.count() == 2


def test_undo_takes_every_price_back(manager):
    make_two()
    change = less(20, manager)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    undoing = undo_change(change_id=change.pk, user=manager, at=NOW)
    assert (undoing.state, undoing.undo_of, prices()) == (BulkState.DONE, change, ["100.00", "50.00"])
    for change_id in (change.pk, undoing.pk):
        with pytest.raises(NotUndoable):
            undo_change(change_id=change_id, user=manager, at=NOW)


def test_undo_leaves_a_price_that_somebody_changed_since(manager):
    first, _second = make_two()
    change = less(20, manager)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    Product.objects.filter(pk=first.pk).update(unit_price=Decimal("75.00"))
    undoing = undo_change(change_id=change.pk, user=manager, at=NOW)
    assert prices() == ["75.00", "50.00"]
    assert undoing.lines.get(product=first).found == Decimal("75.00")


def test_undo_of_stock_leaves_sold_what_was_sold(manager):
    first, second = make_two(inventory=10)
    change = restock(manager, counted=25)
    apply_change(change_id=change.pk, user=manager, at=NOW)
    Product.objects.filter(pk=first.pk).update(inventory=22)
    Product.objects.filter(pk=second.pk).update(inventory=4)
    undoing = undo_change(change_id=change.pk, user=manager, at=NOW)
    assert stocks() == [7, 4]
    assert undoing.lines.get(product=second).outcome == "refused"


def test_unapplied_change_cannot_be_undone_and_is_forgotten(manager):
    make_two()
    change = less(20, manager)
    with pytest.raises(NotUndoable):
        undo_change(change_id=change.pk, user=manager, at=NOW)
    forget_unapplied(before=timezone.now() + timedelta(seconds=1))
    assert not BulkChange.objects.exists()
