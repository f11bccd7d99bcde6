from datetime import timedelta

import pytest
from django.db.models import F, QuerySet
from django.utils import timezone

from checkout.document_invariants import (
    DOCUMENT_CHECKS,
    check_credit_notes,
    check_document_lines,
    check_invoices,
    check_numbers,
)
from checkout.models import CreditNote, DocumentSeries, Invoice, Order, Refund
from checkout.services.refunds import refund_order
from tests.factories.documents import make_credit_note, make_invoice
from tests.factories.orders import make_order, make_paid_order

pytestmark = pytest.mark.django_db


def tamper(model, **columns) -> None:
    """What nothing in the shop can do: write past the frozen rows."""
    QuerySet(model).update(**columns)


def test_shop_that_only_services_touched_is_clean():
    order = make_paid_order()
    make_credit_note(order, amount="10.00")
    make_credit_note(order)
    make_order()
    assert [sentence for check in DOCUMENT_CHECKS for sentence in check()] == []


def test_paid_order_without_an_invoice_is_found():
    order = make_order()
    Order.objects.update(status="paid")
    assert list(check_invoices()) == [f"Order {order.pk}: paid without an invoice."]


def test_invoice_of_an_order_that_is_not_paid_is_found():
    invoice = make_invoice()
    Order.objects.update(status="placed")
    assert list(check_invoices()) == [f"Order {invoice.order_id}: placed although it has an invoice."]


def test_invoice_that_is_not_its_order_is_found():
    invoice = make_invoice()
    tamper(Invoice, total=F("total") + 1, taxable=F("taxable") + 1)
    (sentence,) = check_invoices()
    assert sentence.startswith(f"Invoice {invoice.number}: 111")
    (sentence,) = check_document_lines()
    assert sentence.startswith(f"{invoice.number}: 111")


def test_credit_note_that_is_not_its_refund_is_found():
    note = make_credit_note(make_paid_order(), amount="10.00")
    Refund.objects.update(amount="11.00")
    (sentence,) = check_document_lines()
    assert sentence.startswith(f"{note.number}: 10")


def test_refund_without_its_credit_note_is_found():
    refund = refund_order(order_id=make_paid_order().pk, reason="Broken")
    Refund.objects.update(status="processed")
    assert list(check_credit_notes()) == []
    Refund.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert list(check_credit_notes()) == [f"Refund {refund.key}: processed without a credit note."]


def test_invoice_credited_beyond_its_total_is_found():
    note = make_credit_note(make_paid_order())
    tamper(CreditNote, total=F("total") + 1, taxable=F("taxable") + 1)
    (sentence,) = check_credit_notes()
    assert sentence.startswith(f"Invoice {note.invoice.number}: 111")


def test_gap_in_the_numbers_is_found():
    make_invoice()
    DocumentSeries.objects.update(last_number=2)
    (sentence,) = check_numbers()
    assert sentence.endswith("1 documents, the last 1, counted to 2.")


def test_number_left_out_is_found():
    make_invoice()
    tamper(Invoice, sequence=2)
    DocumentSeries.objects.update(last_number=2)
    (sentence,) = check_numbers()
    assert sentence.endswith("1 documents, the last 2, counted to 2.")
