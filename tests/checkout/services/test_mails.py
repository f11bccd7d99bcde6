from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail as transport

from checkout.selectors.orders import order_path
from checkout.services.documents import print_document
from checkout.services.mails import queue_order_confirmation, queue_order_refunded
from notifications.models import OutgoingEmail
from notifications.services.delivery import deliver_email
from tests.factories.catalogue import make_item
from tests.factories.documents import make_credit_note
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def mail(purpose: str) -> OutgoingEmail:
    return OutgoingEmail.objects.get(purpose=purpose)


def test_received_mail_names_the_order_its_total_and_the_way_to_pay(settings):
    settings.BASE_URL = "https://shop.example"
    order = make_order((make_item(title="Brass lamp", unit_price="1234.50"), 2), email="asha@example.com")
    received = mail(f"order-received:{order.pk}")
    assert received.to == "asha@example.com"
    assert order.number in received.subject
    assert "\n" not in received.subject
    for text in (received.text, received.html):
        assert "Brass lamp" in text
        assert "₹2,715.90" in text
        assert f"https://shop.example{order_path(order)}" in text
    assert received.send_after == order.placed_at + timedelta(minutes=5)


def test_confirmation_leaves_at_once_and_drops_the_reminder():
    order = make_order(customer=make_customer())
    queue_order_confirmation(order=order)
    confirmed = mail(f"order-confirmation:{order.pk}")
    assert (confirmed.to, confirmed.status) == (order.email, "queued")
    assert confirmed.send_after == confirmed.created_at
    assert f"/account/orders/{order.pk}/" in confirmed.text
    assert mail(f"order-received:{order.pk}").status == "dropped"


def test_confirmation_is_queued_once():
    order = make_order()
    for _ in range(2):
        queue_order_confirmation(order=order)
    assert OutgoingEmail.objects.filter(purpose__startswith="order-confirmation").count() == 1


def test_refund_mail_says_how_much_and_why():
    order = make_order()
    queue_order_refunded(order=order, amount=Decimal("40.50"), reason="The vase came broken.", key="refund-1")
    refunded = mail("order-refunded:refund-1")
    for text in (refunded.text, refunded.html):
        assert "₹40.50" in text
        assert "The vase came broken." in text


def test_mail_in_html_escapes_what_the_buyer_typed():
    order = make_order((make_item(title="<script>alert(1)</script> & Sons"), 1))
    received = mail(f"order-received:{order.pk}")
    assert "<script>" not in received.html
    assert "&lt;script&gt;" in received.html
    assert "<script>alert(1)</script> & Sons" in received.text


def test_confirmation_carries_the_invoice():
    order = make_paid_order()
    confirmed = mail(f"order-confirmation:{order.pk}")
    name = f"{order.invoice.number.replace('/', '-')}.pdf"
    assert list(confirmed.attachments.values_list("name", "reference", "content_type")) == [
        (name, f"invoice:{order.invoice.pk}", "application/pdf")
    ]
    for text in (confirmed.text, confirmed.html):
        assert f"Invoice {order.invoice.number} is attached." in text


def test_credit_note_mail_carries_the_credit_note():
    note = make_credit_note(make_paid_order(), amount="10.00")
    credited = mail(f"credit-note:{note.pk}")
    assert credited.attachments.values_list("reference").get() == (f"credit-note:{note.pk}",)
    for text in (credited.text, credited.html):
        assert f"Credit note {note.number} to invoice {note.invoice.number}" in text
        assert "₹10" in text


def test_delivered_confirmation_contains_the_file(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    order = make_paid_order()
    assert deliver_email(purpose=f"order-confirmation:{order.pk}") == "sent"
    ((name, content, content_type),) = transport.outbox[0].attachments
    assert (name, content_type) == (f"{order.invoice.number.replace('/', '-')}.pdf", "application/pdf")
    assert content == print_document(order.invoice).content
    assert content.startswith(b"%PDF-")
