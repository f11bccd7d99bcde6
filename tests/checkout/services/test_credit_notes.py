import pytest

from checkout.models import CreditNote, Order, Refund
from checkout.services.credit_notes import credit_refund, issue_credit_note, issue_missing_credit_notes
from checkout.services.refund_sending import settle_refund
from checkout.services.refunds import refund_order
from checkout.services.staff import set_payment_status
from notifications.models import OutgoingEmail
from shop.models import SellerSettings
from tests.factories.catalogue import set_seller
from tests.factories.documents import make_credit_note, make_taxed_item
from tests.factories.orders import make_intent, make_order, make_paid_order, make_payment
from tests.factories.users import make_admin

pytestmark = pytest.mark.django_db


def amounts(row) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in ("taxable", "cgst", "sgst", "igst", "total"))


def lines_of(note: CreditNote) -> list[tuple]:
    return [(line.title, line.quantity, *amounts(line)) for line in note.lines.all()]


@pytest.fixture
def order() -> Order:
    """Two lamps at ₹118 and a book at ₹105, within the state."""
    set_seller()
    lamp = make_taxed_item("18.00", title="Lamp", hsn_code="9405")
    return make_paid_order((lamp, 2), (make_taxed_item("5.00", title="Book", hsn_code="4901"), 1))


def item(order: Order, title: str) -> int:
    return order.items.get(title=title).pk


def test_refund_of_a_line_credits_exactly_its_share(order):
    note = make_credit_note(order, lines={item(order, "Lamp"): 1})
    assert lines_of(note) == [("Lamp", 1, "100.00", "9.00", "9.00", "0.00", "118.00")]
    assert amounts(CreditNote.objects.get()) == ("100.00", "9.00", "9.00", "0.00", "118.00")
    assert (note.invoice, note.reason, note.kind) == (order.invoice, "Broken", "credit_note")


def test_refund_by_amount_is_shared_over_the_lines(order):
    note = make_credit_note(order, amount="34.10")
    assert lines_of(note) == [
        ("Lamp", 0, "20.00", "1.80", "1.80", "0.00", "23.60"),
        ("Book", 0, "10.00", "0.25", "0.25", "0.00", "10.50"),
    ]


def test_credit_notes_of_all_that_was_paid_are_the_invoice(order):
    notes = [
        make_credit_note(order, amount="33.33"),
        make_credit_note(order, lines={item(order, "Lamp"): 1}),
        make_credit_note(order, amount="0.01"),
        make_credit_note(order),
    ]
    assert sum(note.total for note in notes) == order.total
    for line in order.invoice.lines.all():
        for name in ("taxable", "cgst", "sgst", "igst", "total"):
            credited = sum(getattr(credit, name) for credit in line.credits.all())
            assert credited == getattr(line, name)


@pytest.mark.parametrize("count", [1, 3])
def test_credit_note_costs_the_same_queries_however_long_the_invoice(count, count_queries):
    set_seller()
    order = make_paid_order(*((make_taxed_item(rate), 2) for rate in ("5.00", "12.00", "18.00")[:count]))
    make_credit_note(order, amount="1.00")
    refund = Refund.objects.create(
        payment=order.payments.get(), key="refund-2", amount=2, status="processed", reason="Broken"
    )
    invoice = order.invoice
    SellerSettings.load()
    with count_queries(7):
        issue_credit_note(refund=refund, invoice=invoice, at=order.placed_at)


def test_credit_notes_have_numbers_of_their_own(order):
    notes = [make_credit_note(order, amount="10.00") for _ in range(2)]
    assert [note.number[:3] for note in notes] == ["CRN", "CRN"]
    assert [note.sequence for note in notes] == [1, 2]
    assert order.invoice.sequence == 1


def test_credit_note_names_the_parties_as_the_invoice_does(order):
    set_seller(legal_name="Another Limited")
    Order.objects.filter(pk=order.pk).update(name="Somebody Else")
    note = make_credit_note(order)
    assert (note.seller_name, note.buyer_name) == ("Haat Handmade Private Limited", "Asha Rao")
    assert note.place_of_supply == "KA"


def test_credit_note_is_mailed_once(order):
    note = make_credit_note(order, amount="10.00")
    mail = OutgoingEmail.objects.get(purpose=f"credit-note:{note.pk}")
    assert mail.subject == f"Credit note for order #{order.pk}"
    assert f"Credit note {note.number} to invoice {order.invoice.number} is attached." in mail.text
    assert credit_refund(note.refund_id) is False
    assert CreditNote.objects.count() == 1


@pytest.mark.parametrize("status", ["pending", "failed"])
def test_refund_that_has_not_arrived_is_not_credited(order, status):
    refund = refund_order(order_id=order.pk, reason="Broken")
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status=status)
    assert issue_missing_credit_notes() == 0
    assert CreditNote.objects.count() == 0


def test_refund_of_a_second_payment_is_no_credit():
    order = make_order()
    intent = make_intent(order)
    make_payment(intent), make_payment(intent)
    refund = Refund.objects.get()
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="processed")
    assert CreditNote.objects.count() == 0
    assert credit_refund(refund.pk) is False


def test_money_given_back_by_hand_is_credited_at_once():
    order = make_order((make_taxed_item(), 1))
    set_payment_status(order_id=order.pk, payment_status="C", user=make_admin())
    refund_order(order_id=order.pk, reason="Broken", lines={order.items.get().pk: 1})
    note = CreditNote.objects.get()
    assert [line.quantity for line in note.lines.all()] == [1]
    assert note.total == order.total


def test_refunds_that_were_overlooked_are_credited_by_the_sweep(order):
    refund_order(order_id=order.pk, reason="Made at Razorpay")
    Refund.objects.update(status="processed")
    assert issue_missing_credit_notes() == 1
    assert CreditNote.objects.get().total == order.total
    assert issue_missing_credit_notes() == 0
