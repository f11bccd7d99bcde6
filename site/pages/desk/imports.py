"""Imports of products in the admin: bring a file, look at what it would do, apply it, take its bad rows along."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from database.transactions import Busy
from pages.desk.import_forms import ImportForm
from pages.desk.permissions import may_import
from pages.enums import ImportState, RowOutcome
from pages.models import CatalogueImport
from pages.services.imports import bring_file, count_rows, start_applying
from pages.sheets.columns import COLUMNS
from shop.sheet_answers import send_sheet

ROWS_PER_PAGE = 50
IMPORTS_PER_PAGE = 20
GOOD = (RowOutcome.NEW, RowOutcome.CHANGE)
NOT_DONE = (RowOutcome.BAD, RowOutcome.CONFLICT, RowOutcome.FAILED)


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def list_imports(request: HttpRequest) -> HttpResponse:
    """What was brought, the newest first, below the form that brings a file."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, pictures = form.cleaned_data["file"], form.cleaned_data["pictures"]
        reason = form.cleaned_data["reason"]
        try:
            run = bring_file(file=file, name=file.name, pictures=pictures, reason=reason, user=request.user)
        except Busy as error:
            messages.error(request, str(error))
        else:
            return redirect("catalogue_import", run.pk)
    runs = CatalogueImport.objects.select_related("user")
    context = {
        "form": form,
        "imports": Paginator(runs, IMPORTS_PER_PAGE).get_page(request.GET.get("p")),
        "columns": COLUMNS,
    }
    return render(request, "pages/desk/imports.html", context, status=400 if form.errors else 200)


@may_import
@require_safe
def show_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Each row: what it would do, then what became of it."""
    run = get_object_or_404(CatalogueImport.objects.select_related("user"), pk=import_id)
    wanted = request.GET.get("outcome", "")
    rows = run.rows.order_by("line")
    rows = rows.filter(outcome=wanted) if wanted in RowOutcome.values else rows
    counts = count_rows(run)
    good, bad = (sum(counts[name] for name in names) for names in (GOOD, NOT_DONE))
    total = sum(counts.values())
    context = {
        "run": run,
        "rows": Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("p")),
        "outcomes": [(value, label, counts[value]) for value, label in RowOutcome.choices if counts[value]],
        "wanted": wanted,
        "counts": counts,
        "total": total,
        "good": good,
        "bad": bad,
        "done": total - good,
        "is_checking": run.state == ImportState.CHECKING,
        "is_checked": run.state == ImportState.CHECKED,
        "is_applying": run.state == ImportState.APPLYING,
        "is_running": run.state in (ImportState.CHECKING, ImportState.APPLYING),
    }
    return render(request, "pages/desk/import.html", context)


@may_import
@require_POST
def apply_import(request: HttpRequest, import_id: int) -> HttpResponse:
    get_object_or_404(CatalogueImport, pk=import_id)
    try:
        start_applying(run_id=import_id, user=request.user)
    except Busy as error:
        messages.error(request, str(error))
    return redirect("catalogue_import", import_id)


@may_import
@require_safe
def download_bad_rows(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """What was not done, as it was brought, with the row and the reason: to be put right and brought again."""
    run = get_object_or_404(CatalogueImport, pk=import_id)
    rows = run.rows.filter(outcome__in=NOT_DONE).order_by("line")
    told = (
        [*(row.cells.get(name, "") for name in run.columns), row.line, row.problem] for row in rows.iterator()
    )
    return send_sheet("csv", name=f"bad-rows-{run.pk}", header=[*run.columns, "row", "problem"], rows=told)


@may_import
@require_safe
def download_example(request: HttpRequest) -> HttpResponseBase:
    """An empty file with all columns."""
    return send_sheet("csv", name="products", header=COLUMNS, rows=[])
