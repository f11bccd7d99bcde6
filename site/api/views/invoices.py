"""An order's invoice as the PDF that was, or will be, mailed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.views.orders import find_orders
from checkout.models import Invoice
from checkout.services.documents import print_document

PDF = "application/pdf"


class PdfRenderer(BaseRenderer):
    """Stands for what the view sends itself, so that clients may ask for it by `Accept`."""

    media_type = PDF
    format = "pdf"


class PdfOrJson(DefaultContentNegotiation):
    """A client may accept the file or JSON; errors are JSON in either case."""

    def select_renderer(self, request: Request, renderers, format_suffix=None):
        chosen = super().select_renderer(request, [*renderers, PdfRenderer()], format_suffix)
        return (renderers[0], renderers[0].media_type) if isinstance(chosen[0], PdfRenderer) else chosen


class InvoiceView(APIView):
    permission_classes = [IsAuthenticated]
    content_negotiation_class = PdfOrJson

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY})
    def get(self, request: Request, order_id: int) -> HttpResponse:
        """The buyer's own, for staff anybody's. An order has one once it is paid, or sent to be paid in cash."""
        order = get_object_or_404(find_orders(request), pk=order_id)
        printed = print_document(get_object_or_404(Invoice, order=order))
        response = HttpResponse(printed.content, content_type=PDF)
        response["Content-Disposition"] = f'attachment; filename="{printed.name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
