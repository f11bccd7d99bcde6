"""Invoices and credit notes for staff."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from checkout.models import CreditNote, Invoice
from checkout.views.documents import send_document


@require_safe
def show_invoice(request: HttpRequest, document_id: int) -> HttpResponse:
    if not request.user.has_perm("checkout.view_invoice"):
        raise PermissionDenied
    return send_document(request, Invoice.objects.filter(pk=document_id).first())


@require_safe
def show_credit_note(request: HttpRequest, document_id: int) -> HttpResponse:
    if not request.user.has_perm("checkout.view_creditnote"):
        raise PermissionDenied
    return send_document(request, CreditNote.objects.filter(pk=document_id).first())
