"""The printed form of invoices and credit notes: made once, when it is first needed, and served from then on."""

import hashlib
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone, translation

from checkout.models import CreditNote, Invoice, StoredFile
from checkout.numbers import name_financial_year
from checkout.printing.look import find_look
from checkout.printing.sheets import print_credit_note, print_invoice
from notifications.services.outbox import Attachment

logger = logging.getLogger(__name__)

INVOICE, CREDIT_NOTE = "invoice", "credit-note"


class DocumentDamaged(Exception):
    """The stored file is not what was handed out. It must come back from a backup: no other may take its place."""


@dataclass(frozen=True)
class PrintedDocument:
    """A PDF and the name to save it under."""

    name: str
    content: bytes


def print_document(document: Invoice | CreditNote) -> PrintedDocument:
    """The document's file; the first call makes it. Outside transactions: it draws and writes.

    Raises `DocumentDamaged`.
    """
    name = name_file(document)
    stored = StoredFile.objects.filter(name=find_path(document)).first() or store(document)
    return PrintedDocument(name=name, content=read_checked(stored) or restore(document, stored))


def name_file(document: Invoice | CreditNote) -> str:
    return f"{document.number.replace('/', '-')}.pdf"


def find_path(document: Invoice | CreditNote) -> str:
    return f"{name_financial_year(document.series.financial_year)}/{name_file(document)}"


def find_key(stored: StoredFile) -> str:
    """Where the bytes lie: the hash is part of it, so two who print at once never overwrite each other."""
    return f"{stored.name.removesuffix('.pdf')}-{stored.sha256[:16]}.pdf"


def store(document: Invoice | CreditNote) -> StoredFile:
    """Print and keep the file. Of two at once the first row wins, and both serve its file."""
    content = draw(document)
    printed = StoredFile(
        name=find_path(document),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        stored_at=timezone.now(),
    )
    write_file(printed, content)
    StoredFile.objects.bulk_create([printed], ignore_conflicts=True)
    stored = StoredFile.objects.get(name=printed.name)
    if stored.sha256 != printed.sha256:
        storages["documents"].delete(find_key(printed))
    return stored


def draw(document: Invoice | CreditNote) -> bytes:
    """In the shop's own language, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        if isinstance(document, Invoice):
            return print_invoice(document, look=find_look())
        return print_credit_note(document, look=find_look())


def write_file(stored: StoredFile, content: bytes) -> None:
    """A file that a crash left half written is written anew."""
    if read_checked(stored) is None:
        storages["documents"].delete(find_key(stored))
        storages["documents"].save(find_key(stored), ContentFile(content))


def read_checked(stored: StoredFile) -> bytes | None:
    """The bytes, or None where they are gone or not those that were stored."""
    try:
        with storages["documents"].open(find_key(stored)) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == stored.sha256 else None


def restore(document: Invoice | CreditNote, stored: StoredFile) -> bytes:
    """A file that was lost is printed again, if that makes the very same bytes. Raises `DocumentDamaged`."""
    content = draw(document)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        logger.error("The stored file of %s is lost or changed, and a new print differs.", document.number)
        raise DocumentDamaged(f"The file of {document.number} must be restored from a backup.")
    write_file(stored, content)
    return content


def attach(document: Invoice | CreditNote) -> Attachment:
    """The document as an attachment that is printed when its mail leaves."""
    kind = INVOICE if isinstance(document, Invoice) else CREDIT_NOTE
    return Attachment(name=name_file(document), reference=f"{kind}:{document.pk}")


def load_attachment(reference: str) -> bytes:
    """What `settings.MAIL_ATTACHMENT_LOADERS` names here. Raises `DocumentDamaged`, and what a missing row raises."""
    kind, _colon, pk = reference.partition(":")
    model = {INVOICE: Invoice, CREDIT_NOTE: CreditNote}[kind]
    return print_document(model.objects.get(pk=int(pk))).content
