"""The catalogue as a file: what is chosen, or what the table shows."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from pages.desk.permissions import may_look
from pages.desk.selection import Selection
from pages.sheets.columns import COLUMNS, export_rows
from shop.sheet_answers import send_sheet


@may_look
@require_safe
def export_catalogue(request: HttpRequest, kind: str) -> HttpResponseBase:
    selection = Selection.read(request.GET)
    if selection.is_empty and "within" not in request.GET:  # a link with the table's own address
        selection = Selection(everything=True, within=request.GET.urlencode())
    rows = export_rows(selection.find_products(request))
    name = f"products-{timezone.localdate().isoformat()}"
    return send_sheet(kind, name=name, header=COLUMNS, rows=rows)
