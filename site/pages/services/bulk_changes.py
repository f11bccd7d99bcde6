"""Applying and undoing bulk changes: in short transactions, resumable, each line once."""

import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db.models import Count
from wagtail.log_actions import log

from accounts.models import User
from database.transactions import entry_service, send_after_commit
from pages.models import ProductPage
from shop.enums import BulkState, LineOutcome
from shop.models import BulkChange, BulkLine, Product
from shop.services.prices import PriceChanged, change_price
from shop.services.stock import OutOfStock, StockChanged, adjust_stock, correct_stock

LINES_AT_ONCE = 100
LINES_STORED_AT_ONCE = 1000
# Of a transaction: SQLite's one writer is free again for those who buy.
TRANSACTION_SECONDS = 0.4
# Between two transactions others write: SQLite has one writer, and whoever waits asks only now and then.
PAUSE_SECONDS = 0.02
LONGEST_RUN_SECONDS = 20.0
# What a person waits for; the worker does the rest.
REQUEST_SECONDS = 1.5
FORGOTTEN_AFTER_DAYS = 7


class NotUndoable(Exception):
    """The change is not through, was undone already, or is an undoing itself."""

    def __init__(self) -> None:
        super().__init__("This change cannot be undone: it is not applied, or it was undone already.")


def apply_change(*, change_id: int, user: User, at: datetime) -> None:
    """Apply a prepared change: as much as a person waits for at once, the rest in the background.

    Asked again, it does nothing more.
    """
    if start_applying(change_id=change_id, user=user, at=at):
        continue_change(change_id=change_id, seconds=REQUEST_SECONDS)


@entry_service
def start_applying(*, change_id: int, user: User, at: datetime) -> bool:
    """Returns whether this call started it. A worker goes on with it, should this process die."""
    change = BulkChange.objects.select_for_update().get(pk=change_id)
    if change.state != BulkState.PREPARED:
        return False
    change.state, change.applied_at, change.user = BulkState.APPLYING, at, user
    change.save(update_fields=["state", "applied_at", "user"])
    tell(change, user=user, products=change.lines.count())
    return True


def continue_all(*, seconds: float = LONGEST_RUN_SECONDS) -> None:
    """What was begun and is not through, the oldest first; the sweep's way."""
    ends_at = time.monotonic() + seconds
    for change_id in (
        BulkChange.objects.filter(state=BulkState.APPLYING).order_by("pk").values_list("pk", flat=True)
    ):
        continue_change(change_id=change_id, seconds=ends_at - time.monotonic())


def continue_change(*, change_id: int, seconds: float) -> None:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at and apply_next_lines(change_id=change_id):
        time.sleep(PAUSE_SECONDS)


@entry_service
def apply_next_lines(*, change_id: int) -> bool:
    """Apply some lines that still wait. Returns whether there may be more.

    The change's row is locked, so two processes take different lines; a line's outcome commits with its effect.
    """
    ends_at = time.monotonic() + TRANSACTION_SECONDS
    change = BulkChange.objects.select_for_update().select_related("user").get(pk=change_id)
    if change.state != BulkState.APPLYING:
        return False
    waiting = change.lines.filter(outcome=LineOutcome.WAITING).order_by("product_id")
    lines = list(waiting[:LINES_AT_ONCE])
    if not lines:
        BulkChange.objects.filter(pk=change_id).update(state=BulkState.DONE)
        return False
    apply_line = prepare_prices(change, lines) if change.is_price else partial(apply_stock, change)
    done = []
    for line in lines:
        if done and time.monotonic() > ends_at:
            break
        apply_line(line)
        done.append(line)
    BulkLine.objects.bulk_update(done, ["outcome", "found"])
    return True


def prepare_prices(change: BulkChange, lines: list[BulkLine]) -> Callable[[BulkLine], None]:
    """What applies one of these lines; it has locked their products and read their pages."""
    ids = [line.product_id for line in lines]
    # In primary-key order, as orders take their stock.
    products = {row.pk: row for row in Product.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    live = find_live_pages({product.lead_id for product in products.values()})

    def apply_price(line: BulkLine) -> None:
        product = products[line.product_id]
        try:
            change_price(
                product=product,
                unit_price=line.after,
                page_is_live=product.lead_id in live,
                seen=line.before,
                user=change.user,
                note=change.reason,
            )
        except PriceChanged as error:
            line.outcome, line.found = LineOutcome.CONFLICT, error.current
        else:
            line.outcome = LineOutcome.APPLIED

    return apply_price


def find_live_pages(lead_ids: set[int]) -> set[int]:
    pages = ProductPage.objects.live().filter(product_id__in=lead_ids).order_by()
    return set(pages.values_list("product_id", flat=True))


def apply_stock(change: BulkChange, line: BulkLine) -> None:
    before, after = int(line.before), int(line.after)
    wish = {"product_id": line.product_id, "user": change.user, "note": change.reason}
    try:
        if change.is_delta:
            adjust_stock(delta=after - before, **wish)
        else:
            correct_stock(seen=before, counted=after, **wish)
    except StockChanged as error:
        line.outcome, line.found = LineOutcome.CONFLICT, Decimal(error.current)
    except OutOfStock as error:
        line.outcome, line.found = LineOutcome.REFUSED, Decimal(error.shortages[0].available)
    else:
        line.outcome = LineOutcome.APPLIED


def undo_change(*, change_id: int, user: User, at: datetime) -> BulkChange:
    """Take back every line that was applied, as one change of its own. Raises `NotUndoable`.

    A price that somebody has changed since stays, and is shown. Stock is taken back by its delta: what was sold
    meanwhile stays sold.
    """
    undoing = start_undoing(change_id=change_id, user=user, at=at)
    continue_change(change_id=undoing.pk, seconds=REQUEST_SECONDS)
    return BulkChange.objects.get(pk=undoing.pk)


@entry_service
def start_undoing(*, change_id: int, user: User, at: datetime) -> BulkChange:
    change = BulkChange.objects.select_for_update().get(pk=change_id)
    if not change.may_be_undone:
        raise NotUndoable
    undoing = BulkChange.objects.create(
        field=change.field,
        description=f"{change.description}, undone"[:255],
        reason=f"Undone: {change.reason}"[:255],
        is_delta=not change.is_price,
        state=BulkState.APPLYING,
        user=user,
        applied_at=at,
        undo_of=change,
    )
    applied = change.lines.filter(outcome=LineOutcome.APPLIED).order_by("product_id")
    lines = [
        BulkLine(change=undoing, product_id=product_id, before=after, after=before)
        for product_id, before, after in applied.values_list("product_id", "before", "after")
    ]
    BulkLine.objects.bulk_create(lines, batch_size=LINES_STORED_AT_ONCE)
    tell(undoing, user=user, products=len(lines))
    return undoing


def tell(change: BulkChange, *, user: User, products: int) -> None:
    """One entry in the audit log for the whole, and a worker that goes on with it should this process die."""
    data = {"change": change.description, "reason": change.reason, "products": products}
    log(instance=change, action="haat.bulk_change", user=user, data=data)
    send_after_commit("pages.continue_bulk_changes")


@entry_service
def forget_unapplied(*, before: datetime) -> None:
    """Delete what was prepared and never applied."""
    unapplied = BulkChange.objects.filter(state__in=[BulkState.PREPARING, BulkState.PREPARED], undo_of=None)
    unapplied.filter(created_at__lt=before).delete()


def count_outcomes(change: BulkChange) -> dict[str, int]:
    """How many lines came to what; every outcome is named."""
    rows = change.lines.order_by().values_list("outcome").annotate(count=Count("pk"))
    return dict.fromkeys(LineOutcome.values, 0) | dict(rows)
