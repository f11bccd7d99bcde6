"""Invoices and credit notes to download: by the buyer, and by staff who may see them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkout.models import CreditNote, Invoice
from checkout.services.documents import DocumentDamaged, print_document
from checkout.views.orders import get_order_or_404


@require_safe
@never_cache
def download_invoice(request: HttpRequest, **address) -> HttpResponse:
    """The invoice of an order that this visitor may see."""
    order = get_order_or_404(request, **address)
    return send_document(request, Invoice.objects.filter(order=order).first())


@require_safe
@never_cache
def download_credit_note(request: HttpRequest, note_id: int, **address) -> HttpResponse:
    order = get_order_or_404(request, **address)
    return send_document(request, CreditNote.objects.filter(pk=note_id, invoice__order=order).first())


def send_document(request: HttpRequest, document: Invoice | CreditNote | None) -> HttpResponse:
    """The file as a download, or the same 404 as for any address that names nothing."""
    if document is None:
        raise Http404("No document has this address.")
    try:
        printed = print_document(document)
    except DocumentDamaged:
        return render(request, "503.html", status=503)
    response = HttpResponse(printed.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{printed.name}"'
    response["Referrer-Policy"] = "no-referrer"  # a guest's address is the secret
    response["X-Content-Type-Options"] = "nosniff"
    return response
