"""Rows as an answer: a CSV made while it is sent, or an XLSX; private, and never taken for anything else."""

from collections.abc import Iterable

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase

from shop.spreadsheets import TYPES, Row, store_xlsx, stream_csv


def send_sheet(kind: str, *, name: str, header: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """`name` without its ending, which is `kind`. Raises `Http404` for another kind than csv and xlsx."""
    if kind not in TYPES:
        raise Http404
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(
            stream_csv(header, rows), content_type=f"{TYPES[kind]}; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        file = store_xlsx(header, rows, title=name)
        response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=TYPES[kind])
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
