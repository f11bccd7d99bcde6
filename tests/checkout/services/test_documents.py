import hashlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from pypdf import PdfReader

from checkout.models import Invoice, StoredFile
from checkout.services import documents
from checkout.services.documents import (
    DocumentDamaged,
    attach,
    find_key,
    load_attachment,
    print_document,
)
from pages.models import ShopSettings
from tests.factories.catalogue import make_picture, set_seller
from tests.factories.documents import make_credit_note, make_invoice, make_taxed_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_store(settings, tmp_path):
    options = {"location": tmp_path, "base_url": None}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "documents": backend}


def read_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def make_look(**fields) -> None:
    shop = ShopSettings.load()
    for name, value in fields.items():
        setattr(shop, name, value)
    shop.save()
    ShopSettings.forget()


def stored() -> StoredFile:
    return StoredFile.objects.get()


def test_invoice_is_printed_once_and_served_from_then_on(monkeypatch):
    invoice = make_invoice()
    first = print_document(invoice)
    assert first.name == f"{invoice.number.replace('/', '-')}.pdf"
    assert stored().sha256 == hashlib.sha256(first.content).hexdigest()
    assert stored().size == len(first.content)
    monkeypatch.setattr(documents, "draw", lambda _document: pytest.fail("printed again"))
    assert print_document(Invoice.objects.get()) == first


def test_printed_invoice_stays_as_it_is_when_the_look_changes():
    invoice = make_invoice()
    first = print_document(invoice)
    make_look(name="Bazaar", accent="#aa3300")
    assert print_document(invoice) == first


def test_file_that_was_lost_is_printed_again_to_the_byte():
    invoice = make_invoice()
    first = print_document(invoice)
    storages["documents"].delete(find_key(stored()))
    assert print_document(invoice) == first
    assert storages["documents"].exists(find_key(stored()))


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_file_that_cannot_be_had_again_is_never_replaced_by_another(damage):
    invoice = make_invoice()
    print_document(invoice)
    storages["documents"].delete(find_key(stored()))
    if damage == "changed":
        storages["documents"].save(find_key(stored()), ContentFile(b"%PDF-1.4 forged"))
    make_look(accent="#aa3300")
    with pytest.raises(DocumentDamaged, match="must be restored from a backup"):
        print_document(invoice)


def test_file_that_a_crash_left_half_written_is_written_anew(monkeypatch):
    invoice = make_invoice()
    whole = documents.draw(invoice)
    half = StoredFile(name=documents.find_path(invoice), sha256=hashlib.sha256(whole).hexdigest(), size=1)
    storages["documents"].save(find_key(half), ContentFile(whole[:100]))
    assert print_document(invoice).content == whole


def test_of_two_prints_at_once_the_first_is_the_document(monkeypatch):
    invoice = make_invoice()
    draw = documents.draw

    def draw_late(document):
        monkeypatch.setattr(documents, "draw", draw)
        print_document(document)
        make_look(name="Bazaar")
        return draw(document)

    monkeypatch.setattr(documents, "draw", draw_late)
    served = print_document(invoice)
    assert hashlib.sha256(served.content).hexdigest() == stored().sha256
    year = storages["documents"].listdir("")[0][0]
    assert len(storages["documents"].listdir(year)[1]) == 1


def test_printed_invoice_says_all_that_the_rule_asks_for():
    set_seller(email="help@example.com", terms="Fourteen days to send it back.", footer="Haat of Bengaluru")
    lamp = make_taxed_item(title="Lamp <small> & bright", hsn_code="940511", sku="H-LAMP")
    invoice = make_invoice((lamp, 2), company="Rao Stores", gstin="29AAACH7409R1ZX")
    text = read_text(print_document(invoice).content)
    for told in (
        "Tax invoice",
        "Original for recipient",
        invoice.number,
        "Haat Handmade Private Limited",
        "GSTIN 29AAACH7409R1ZX",
        "PAN AAACH7409R",
        "Rao Stores",
        "Asha Rao",
        f"#{invoice.order_id}, ",
        "29-Karnataka",
        "Reverse charge",
        "Lamp <small> & bright",
        "HSN 940511 · H-LAMP",
        "18%",
        "18.00 (9%)",
        "₹200.00",
        "₹236.00",
        "Rupees two hundred and thirty-six only",
        "For Haat Handmade Private Limited",
        "Fourteen days to send it back.",
        "Haat of Bengaluru",
        "Page 1 of 1",
    ):
        assert told in text, told
    assert "IGST" not in text


def test_sale_beyond_the_state_names_integrated_tax_only():
    set_seller()
    text = read_text(print_document(make_invoice((make_taxed_item(), 1), state="KL")).content)
    assert "IGST" in text
    assert "CGST" not in text
    assert "32-Kerala" in text


def test_seller_who_is_not_registered_names_no_tax():
    text = read_text(print_document(make_invoice((make_taxed_item(), 1))).content)
    assert "Invoice" in text
    assert "₹118.00" in text
    for word in ("Tax", "GST", "Place of supply", "Reverse charge"):
        assert word not in text


def test_long_invoice_repeats_its_head_on_every_sheet():
    set_seller()
    invoice = make_invoice(*((make_taxed_item(f"{rate}.00"), 1) for rate in range(60)))
    pages = PdfReader(BytesIO(print_document(invoice).content)).pages
    assert len(pages) == 5 or len(pages) == 4
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert invoice.number in text


def test_credit_note_names_its_invoice_and_what_went_back():
    set_seller()
    invoice = make_invoice((make_taxed_item(title="Lamp"), 2))
    note = make_credit_note(invoice.order, amount="59.00")
    text = read_text(print_document(note).content)
    for told in ("Credit note", note.number, invoice.number, "Broken", "Lamp", "Credited", "₹59.00", "4.50"):
        assert told in text, told


def test_logo_stands_for_the_name():
    make_look(logo=make_picture(size=(300, 80)))
    page = PdfReader(BytesIO(print_document(make_invoice()).content)).pages[0]
    assert len(page.images) == 1


def test_logo_that_cannot_be_read_leaves_the_name():
    logo = make_picture()
    logo.file.storage.delete(logo.file.name)
    logo.file.storage.save(logo.file.name, ContentFile(b"no picture"))
    make_look(logo=logo)
    page = PdfReader(BytesIO(print_document(make_invoice()).content)).pages[0]
    assert len(page.images) == 0
    logo.file.storage.delete(logo.file.name)
    assert "Haat" in read_text(print_document(make_invoice()).content)


def test_attachment_is_the_document():
    invoice = make_invoice()
    note = make_credit_note(invoice.order, amount="10.00")
    for document in (invoice, note):
        attachment = attach(document)
        printed = print_document(document)
        assert (attachment.name, attachment.content_type) == (printed.name, "application/pdf")
        assert load_attachment(attachment.reference) == printed.content
