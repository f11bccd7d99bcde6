"""The invoice of an order, as a file."""

import pytest

from checkout.services import documents
from checkout.services.documents import print_document
from tests.api.wire import detail_body, sign_in
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db

NO_INVOICE = (404, detail_body("No Invoice matches the given query.", "not_found"))


def path(order) -> str:
    return f"/store/orders/{order.pk}/invoice/"


@pytest.mark.parametrize("accept", ["*/*", "application/pdf", "application/json"])
def test_buyer_and_staff_download_the_invoice(shopper, customer, accept):
    order = make_paid_order(customer=customer)
    printed = print_document(order.invoice)
    for caller in (shopper, sign_in(make_staff())):
        answer = caller.get(path(order), Accept=accept)
        assert (answer.status, answer.content) == (200, printed.content)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{printed.name}"'
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_order_that_is_not_paid_has_no_invoice(shopper, customer):
    order = make_order(customer=customer)
    for accept in ("application/pdf", "application/json"):
        answer = shopper.get(path(order), Accept=accept)
        assert answer.told == NO_INVOICE
        assert answer.headers["Content-Type"] == "application/json"


def test_invoice_of_another_is_missing(stranger, customer):
    answer = stranger.get(path(make_paid_order(customer=customer)))
    assert answer.told == (404, detail_body("No Order matches the given query.", "not_found"))


def test_damaged_file_is_a_503(shopper, customer, monkeypatch):
    order = make_paid_order(customer=customer)
    print_document(order.invoice)
    monkeypatch.setattr(documents, "read_checked", lambda stored: None)
    monkeypatch.setattr(documents, "draw", lambda document: b"%PDF-1.4 another")
    answer = shopper.get(path(order))
    assert (answer.status, answer.body["code"]) == (503, "document_damaged")
