from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import DocumentSeries, Invoice, InvoiceLine, Order, OrderItem, RowIsFrozen
from checkout.services.invoices import issue_invoice, issue_missing_invoices
from checkout.services.transitions import move_order
from tests.factories.catalogue import GSTIN, make_item, make_tax_class, set_seller, set_tax
from tests.factories.documents import make_invoice, make_taxed_item
from tests.factories.orders import make_order, make_order_in, make_paid_order

pytestmark = pytest.mark.django_db
BUYER_GSTIN = "32AAACH7409R1ZA"


def amounts(row) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in ("taxable", "cgst", "sgst", "igst", "total"))


def read(invoice: Invoice) -> Invoice:
    return Invoice.objects.get(pk=invoice.pk)


@pytest.mark.parametrize("status", ["placed", "expired", "cancelled"])
def test_order_that_is_not_paid_has_no_invoice(status):
    make_order_in(status)
    assert Invoice.objects.count() == DocumentSeries.objects.count() == 0


@pytest.mark.parametrize("status", ["paid", "fulfilled", "completed"])
def test_paid_order_has_one_invoice(status):
    order = make_order_in(status)
    assert Invoice.objects.get().order_id == order.pk
    assert issue_invoice(order=order, at=timezone.now()) == Invoice.objects.get()


def test_order_that_is_paid_after_it_ended_has_its_invoice():
    order = make_order_in("expired")
    move_order(order=order, to_status=OrderStatus.PAID, why="Late", at=timezone.now())
    assert order.invoice.number.endswith("/000001")


def test_orders_from_before_there_were_invoices_are_invoiced_by_the_sweep():
    orders = [make_order() for _ in range(2)]
    Order.objects.update(status="paid", paid_at=timezone.now())
    assert issue_missing_invoices() == 2
    assert [order.invoice.sequence for order in orders] == [1, 2]
    assert issue_missing_invoices() == 0


def test_invoice_copies_seller_and_buyer():
    set_seller(
        email="help@example.com", phone="+91 80 4000 1000", signatory="R. Iyer", terms="Thanks", footer="Hi"
    )
    invoice = make_invoice(company="Rao Stores", gstin=BUYER_GSTIN, state="KL", city="Kochi")
    assert (invoice.seller_name, invoice.seller_trade_name) == ("Haat Handmade Private Limited", "Haat")
    assert (invoice.seller_gstin, invoice.seller_pan, invoice.seller_state) == (GSTIN, "AAACH7409R", "KA")
    assert invoice.seller_address == "4 Church Street\nAshok Nagar\nBengaluru 560001\nKarnataka"
    assert invoice.seller_contact == "help@example.com · +91 80 4000 1000"
    assert (invoice.signatory, invoice.terms, invoice.footer) == ("R. Iyer", "Thanks", "Hi")
    assert (invoice.buyer_name, invoice.buyer_company, invoice.buyer_gstin) == (
        "Asha Rao",
        "Rao Stores",
        BUYER_GSTIN,
    )
    assert invoice.buyer_address == "12 MG Road\nIndiranagar\nKochi 560038\nKerala"
    assert (invoice.place_of_supply, invoice.place_label) == ("KL", "32-Kerala")


def test_sale_within_the_state_bears_central_and_state_tax():
    set_seller()
    invoice = make_invoice((make_taxed_item(title="Lamp", hsn_code="940511"), 2))
    line = invoice.lines.get()
    assert (line.title, line.hsn_code, line.quantity, str(line.unit_price)) == ("Lamp", "940511", 2, "118.00")
    assert amounts(line) == amounts(read(invoice)) == ("200.00", "18.00", "18.00", "0.00", "236.00")
    assert (invoice.kind, invoice.is_within_state, invoice.state_tax_label) == ("tax_invoice", True, "SGST")


def test_sale_beyond_the_state_bears_integrated_tax():
    set_seller()
    invoice = make_invoice((make_taxed_item(), 2), state="KL")
    assert amounts(read(invoice)) == ("200.00", "0.00", "0.00", "36.00", "236.00")
    assert not invoice.is_within_state


def test_goods_handed_over_at_the_sellers_place_are_supplied_there():
    set_seller()
    invoice = make_invoice(name="", line1="", line2="", city="", state="", postal_code="")
    assert (invoice.place_of_supply, invoice.place_label, invoice.is_within_state) == (
        "KA",
        "29-Karnataka",
        True,
    )


def test_prices_that_include_tax_contain_it():
    set_seller()
    set_tax(rate="10.00", prices_include_tax=True)
    invoice = make_invoice((make_taxed_item("12.00", unit_price="99.99"), 3))
    # 99.99 contain 10.71; 3 × 10.71 = 32.13, of which an odd paisa counts as value.
    assert amounts(read(invoice)) == ("267.85", "16.06", "16.06", "0.00", "299.97")


def test_union_territory_levies_its_own_tax():
    set_seller(state="CH", gstin="04AAACH7409R1Z9")
    assert make_invoice(state="CH").state_tax_label == "UTGST"


def test_discount_is_taken_off_before_the_tax():
    set_seller()
    order = make_order((make_taxed_item(), 2))
    OrderItem.objects.filter(order=order).update(
        coupon_discount="23.60", taxable="180.00", cgst="16.20", sgst="16.20"
    )
    Order.objects.filter(pk=order.pk).update(
        discount="23.60", coupon_discount="23.60", total="212.40", tax="32.40"
    )
    line = issue_invoice(order=Order.objects.get(pk=order.pk), at=timezone.now()).lines.get()
    assert (str(line.unit_price), line.quantity, str(line.discount)) == ("118.00", 2, "23.60")
    assert amounts(line) == ("180.00", "16.20", "16.20", "0.00", "212.40")


@pytest.mark.parametrize(
    ("method", "surcharge", "title"),
    [
        ("", "0.00", "Delivery"),
        ("Standard", "0.00", "Delivery: Standard"),
        ("Standard", "20.00", "Delivery: Standard, with the charge for cash on delivery"),
    ],
)
def test_delivery_is_a_line_of_the_dearest_tax(method, surcharge, title):
    set_seller()
    book, lamp = make_taxed_item("5.00", hsn_code="4901"), make_taxed_item("18.00", hsn_code="9405")
    order = make_order((book, 1), (lamp, 1))
    Order.objects.filter(pk=order.pk).update(
        shipping="59.00",
        shipping_method=method,
        surcharge=surcharge,
        shipping_tax_rate="18.00",
        shipping_cgst="4.50",
        shipping_sgst="4.50",
        total=order.total + 59,
    )
    invoice = issue_invoice(order=Order.objects.get(pk=order.pk), at=timezone.now())
    delivery = invoice.lines.get(item=None)
    assert (delivery.position, delivery.title, delivery.hsn_code) == (3, title, "9405")
    assert (str(delivery.tax_rate), delivery.tax_kind) == ("18.00", "taxable")
    assert amounts(delivery) == ("50.00", "4.50", "4.50", "0.00", "59.00")
    assert invoice.total == order.total + 59


@pytest.mark.parametrize(
    ("kinds", "buyer", "kind"),
    [
        (["taxable"], "", "tax_invoice"),
        (["zero_rated"], "", "tax_invoice"),
        (["exempt"], "", "bill"),
        (["exempt"], BUYER_GSTIN, "bill"),
        (["taxable", "exempt"], "", "invoice_bill"),
        (["taxable", "exempt"], BUYER_GSTIN, "tax_invoice"),
    ],
)
def test_registered_seller_issues_what_the_goods_ask_for(kinds, buyer, kind):
    set_seller()
    items = [
        make_item(
            tax_class_id=make_tax_class(name=name, kind=name, rate="18" if name == "taxable" else "0").pk
        )
        for name in kinds
    ]
    invoice = make_invoice(*((item, 1) for item in items), gstin=buyer, state="KL")
    assert (invoice.kind, invoice.claims_tax) == (kind, True)
    assert [line.tax_kind for line in invoice.lines.all()] == kinds


def test_seller_who_is_not_registered_claims_no_tax():
    invoice = make_invoice((make_taxed_item(), 2))
    line = invoice.lines.get()
    assert (invoice.kind, invoice.claims_tax, invoice.seller_name) == ("invoice", False, "Haat")
    assert amounts(line) == amounts(read(invoice)) == ("236.00", "0.00", "0.00", "0.00", "236.00")
    assert line.tax_rate == 0


def test_invoice_is_the_order_to_the_paisa():
    set_seller()
    set_tax(rate="5.00", prices_include_tax=True)
    items = [make_item(unit_price=price) for price in ("1.99", "33.33", "1999.95", "7.07")]
    order = make_paid_order(*((item, n) for n, item in enumerate(items, start=1)))
    lines = order.invoice.lines.all()
    assert sum(line.total for line in lines) == order.invoice.total == order.total
    assert sum(line.tax for line in lines) == order.invoice.tax == order.tax


def test_nothing_that_happens_later_changes_an_invoice():
    set_seller()
    lamp = make_taxed_item(title="Lamp")
    before = make_invoice((lamp, 1))
    lamp.tax_class.rate = Decimal(28)
    lamp.tax_class.save()
    lamp.title, lamp.unit_price = "Torch", Decimal("500.00")
    lamp.save()
    set_seller(legal_name="Another Limited")
    after = read(before)
    assert (after.seller_name, after.lines.get().title) == ("Haat Handmade Private Limited", "Lamp")
    assert amounts(after) == ("100.00", "9.00", "9.00", "0.00", "118.00")


def test_written_document_cannot_be_changed_or_deleted():
    invoice = make_invoice()
    line = invoice.lines.get()
    for row in (invoice, line):
        with pytest.raises(RowIsFrozen):
            row.save()
        with pytest.raises(RowIsFrozen):
            row.delete()
    for model in (Invoice, InvoiceLine):
        with pytest.raises(RowIsFrozen):
            model.objects.update(total=0)
        with pytest.raises(RowIsFrozen):
            model.objects.all().delete()
        with pytest.raises(RowIsFrozen):
            model.objects.bulk_update([], ["total"])


def test_numbers_count_up_within_the_financial_year():
    invoices = [make_invoice() for _ in range(3)]
    year = invoices[0].number.split("/")[1]
    assert [invoice.number for invoice in invoices] == [f"INV/{year}/00000{n}" for n in (1, 2, 3)]


def test_numbers_begin_again_on_the_first_of_april_in_india():
    orders = [make_order() for _ in range(4)]
    midnight = datetime(2027, 3, 31, 18, 30, tzinfo=UTC)
    moments = [
        midnight.replace(minute=28),
        midnight.replace(minute=29),
        midnight,
        midnight.replace(minute=31),
    ]
    made = [issue_invoice(order=order, at=at) for order, at in zip(orders, moments, strict=True)]
    assert [invoice.number for invoice in made] == [
        "INV/2627/000001",
        "INV/2627/000002",
        "INV/2728/000001",
        "INV/2728/000002",
    ]
    assert [invoice.issued_on for invoice in made] == [date(2027, 3, 31)] * 2 + [date(2027, 4, 1)] * 2


def test_other_letters_begin_a_series_of_their_own():
    make_invoice()
    set_seller(invoice_prefix="WEB")
    assert make_invoice().number.startswith("WEB/")
    assert make_invoice().sequence == 2
    set_seller(invoice_prefix="INV")
    assert make_invoice().sequence == 2


def test_number_of_a_transaction_that_failed_is_given_out_again():
    order, now = make_order(), timezone.now()
    with transaction.atomic():
        assert issue_invoice(order=order, at=now).sequence == 1
        transaction.set_rollback(True)
    assert issue_invoice(order=order, at=now).sequence == 1
    assert DocumentSeries.objects.get().last_number == 1
