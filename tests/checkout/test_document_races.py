"""Numbers without gaps under real concurrency, and the negative control that shows the test can fail."""

from functools import partial

import pytest
from django.utils import timezone

from checkout.document_invariants import check_numbers
from checkout.models import CreditNote, DocumentSeries, Invoice, Order
from checkout.numbers import find_financial_year
from checkout.services import document_rows
from checkout.services.credit_notes import credit_refund
from checkout.services.invoices import invoice_order, issue_invoice
from checkout.services.refunds import refund_order
from database.transactions import entry_service
from tests.factories.catalogue import warm_settings
from tests.factories.orders import make_order, make_paid_order
from tests.parallel import run_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ORDERS = 50


@pytest.fixture(autouse=True)
def _warm_settings():
    warm_settings()


class Stopped(Exception):
    pass


@entry_service
def invoice_and_fail(order_id: int) -> None:
    """A transaction that takes a number and is rolled back."""
    issue_invoice(order=Order.objects.select_for_update().get(pk=order_id), at=timezone.now())
    raise Stopped


def place_orders(count: int) -> list[int]:
    return [make_order(email=f"g{number}@example.com").pk for number in range(count)]


def take_numbers() -> list[int]:
    return sorted(Invoice.objects.values_list("sequence", flat=True))


def test_invoices_written_at_once_are_numbered_without_gap_or_double():
    order_ids = place_orders(ORDERS)
    failing = place_orders(10)
    calls = [partial(invoice_order, order_id) for order_id in order_ids]
    results = run_at_once([*calls, *(partial(invoice_and_fail, order_id) for order_id in failing)])
    assert results[:ORDERS] == [True] * ORDERS
    assert {type(result) for result in results[ORDERS:]} == {Stopped}
    assert take_numbers() == list(range(1, ORDERS + 1))
    assert DocumentSeries.objects.get().last_number == ORDERS
    assert list(check_numbers()) == []


def test_numbers_counted_without_the_lock_are_given_out_twice_or_left_out(monkeypatch):
    """The negative control: with a counter that is read, then written, the test above fails."""
    series = DocumentSeries.objects.create(prefix="INV", financial_year=find_financial_year(timezone.now()))

    def read_then_write(*, prefix, at):
        # What each process read before the others wrote.
        DocumentSeries.objects.filter(pk=series.pk).update(last_number=series.last_number + 1)
        return series, series.last_number + 1

    monkeypatch.setattr(document_rows, "take_number", read_then_write)
    run_at_once([partial(invoice_order, order_id) for order_id in place_orders(10)])
    assert take_numbers() != list(range(1, 11))


def test_one_order_invoiced_at_once_has_one_invoice():
    (order_id,) = place_orders(1)
    run_at_once([partial(invoice_order, order_id)] * 12)
    assert take_numbers() == [1]
    assert list(check_numbers()) == []


def test_one_refund_credited_at_once_has_one_credit_note():
    order = make_paid_order()
    refund = refund_order(order_id=order.pk, reason="Broken")
    type(refund).objects.update(status="processed")
    results = run_at_once([partial(credit_refund, refund.pk)] * 8)
    assert sorted(results) == [False] * 7 + [True]
    assert CreditNote.objects.get().sequence == 1
    assert list(check_numbers()) == []
