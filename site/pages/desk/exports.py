"""The catalogue as a file: what is chosen, or what the table shows."""

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from pages.desk.permissions import may_look
from pages.desk.selection import Selection
from pages.sheets.columns import COLUMNS, export_rows
from shop.spreadsheets import TYPES, store_xlsx, stream_csv


@may_look
@require_safe
def export_catalogue(request: HttpRequest, kind: str) -> HttpResponseBase:
    if kind not in TYPES:
        raise Http404
    selection = Selection.read(request.GET)
    if selection.is_empty and "within" not in request.GET:  # a link with the table's own address
        selection = Selection(everything=True, within=request.GET.urlencode())
    rows = export_rows(selection.find_products(request))
    name = f"products-{timezone.localdate().isoformat()}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(
            stream_csv(COLUMNS, rows), content_type=f"{TYPES[kind]}; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        file = store_xlsx(COLUMNS, rows, title="products")
        response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
