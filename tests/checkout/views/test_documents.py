import pytest
from django.urls import reverse

from checkout.models import Order
from checkout.selectors.orders import make_order_token, order_path
from checkout.services.cash import take_back_order
from checkout.services.documents import DocumentDamaged, print_document
from tests.factories.catalogue import set_seller
from tests.factories.documents import make_credit_note, make_taxed_item
from tests.factories.orders import make_order, make_paid_order, make_sent_cash_order
from tests.factories.users import make_admin, make_customer, make_staff

pytestmark = pytest.mark.django_db


def expect_pdf(response, document) -> None:
    name = f"{document.number.replace('/', '-')}.pdf"
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.content == print_document(document).content


def test_guest_downloads_the_documents_by_the_secret(client):
    order = make_paid_order()
    note = make_credit_note(order, amount="10.00")
    page = client.get(order_path(order)).content.decode()
    path = f"/order/{make_order_token(order)}"
    assert f'href="{path}/invoice/"' in page
    assert f'href="{path}/credit-notes/{note.pk}/"' in page
    expect_pdf(client.get(f"{path}/invoice/"), order.invoice)
    expect_pdf(client.get(f"{path}/credit-notes/{note.pk}/"), note)


def test_customer_downloads_the_documents_of_an_order_of_their_own(client):
    customer = make_customer()
    order = make_paid_order(customer=customer)
    note = make_credit_note(order, amount="10.00")
    client.force_login(customer.user)
    page = client.get(f"/account/orders/{order.pk}/").content.decode()
    assert f"Invoice {order.invoice.number}" in page
    assert f"Credit note {note.number}" in page
    expect_pdf(client.get(f"/account/orders/{order.pk}/invoice/"), order.invoice)
    expect_pdf(client.get(f"/account/orders/{order.pk}/credit-notes/{note.pk}/"), note)


def test_documents_of_others_and_missing_ones_are_the_same_404(client):
    customer = make_customer()
    mine, theirs = make_paid_order(customer=customer), make_paid_order(customer=make_customer())
    unpaid, note = make_order(customer=customer), make_credit_note(theirs, amount="10.00")
    client.force_login(customer.user)
    for path in (
        f"{theirs.pk}/invoice/",
        f"{unpaid.pk}/invoice/",
        "987654/invoice/",
        f"{mine.pk}/credit-notes/{note.pk}/",
        f"{theirs.pk}/credit-notes/{note.pk}/",
    ):
        assert client.get(f"/account/orders/{path}").status_code == 404
    assert client.get("/order/nonsense/invoice/").status_code == 404


def test_unpaid_order_lists_no_document(client):
    response = client.get(order_path(make_order()))
    assert response.context["documents"] == []


def test_order_that_came_back_keeps_its_documents_to_be_had(client):
    order = make_sent_cash_order()
    take_back_order(order_id=order.pk, user=make_staff())
    shown = client.get(order_path(order)).content.decode()
    note = order.invoice.credit_notes.get()
    assert order.invoice.number in shown
    assert note.number in shown


@pytest.mark.parametrize(("state", "told"), [("KA", "CGST ₹9, SGST ₹9"), ("KL", "IGST ₹18")])
def test_order_page_says_which_taxes_are_in_the_total(client, state, told):
    set_seller()
    page = client.get(order_path(make_order((make_taxed_item(), 1), state=state))).content.decode()
    assert f"incl. {told}" in " ".join(page.split())


def test_document_that_is_damaged_is_not_replaced(client, monkeypatch):
    def refuse(_document):
        raise DocumentDamaged

    order = make_paid_order()
    monkeypatch.setattr("checkout.views.documents.print_document", refuse)
    assert client.get(f"/order/{make_order_token(order)}/invoice/").status_code == 503


def test_staff_download_documents_in_the_admin(client):
    order = make_paid_order()
    note = make_credit_note(order, amount="10.00")
    client.force_login(make_admin())
    page = client.get(reverse("checkout_order_modeladmin_inspect", args=[order.pk])).content.decode()
    for name, document in (("desk_invoice", order.invoice), ("desk_credit_note", note)):
        url = reverse(name, args=[document.pk])
        assert url in page
        expect_pdf(client.get(url), document)
        assert client.get(reverse(name, args=[987654])).status_code == 404
    for model, document in (("invoice", order.invoice), ("creditnote", note)):
        inspect = reverse(f"checkout_{model}_modeladmin_inspect", args=[document.pk])
        assert "Download PDF" in client.get(inspect).content.decode()
        listed = client.get(reverse(f"checkout_{model}_modeladmin_index")).content.decode()
        assert document.number in listed


def test_staff_without_the_right_get_no_document(client):
    order = make_paid_order()
    note = make_credit_note(order, amount="10.00")
    client.force_login(make_staff())
    for name, document in (("desk_invoice", order.invoice), ("desk_credit_note", note)):
        assert client.get(reverse(name, args=[document.pk])).status_code in (302, 403)


def test_order_of_a_business_keeps_company_and_gstin():
    order = make_order(company="Rao Stores", gstin="29AAACH7409R1ZX")
    assert Order.objects.values_list("company", "gstin").get(pk=order.pk) == ("Rao Stores", "29AAACH7409R1ZX")
