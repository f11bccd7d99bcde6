"""Bulk changes in the admin: say what, look at every line, apply, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from database.transactions import Busy
from pages.desk.change_forms import PriceChangeForm, StockChangeForm
from pages.desk.permissions import CHANGE, may_change, may_look
from pages.desk.selection import Selection
from pages.desk.table import REASONS
from pages.services.bulk_changes import NotUndoable, apply_change, count_outcomes, undo_change
from shop.enums import BulkField, BulkState, LineOutcome
from shop.models import BulkChange
from shop.services.bulk_changes import NothingToChange, prepare_prices, prepare_stock

LINES_PER_PAGE = 50
FORMS = {BulkField.PRICE: PriceChangeForm, BulkField.STOCK: StockChangeForm}
PREPARE = {BulkField.PRICE: prepare_prices, BulkField.STOCK: prepare_stock}


@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_change(request: HttpRequest, field: str) -> HttpResponse:
    """The form for the chosen products; a good one leads to its preview."""
    if field not in BulkField.values:
        raise Http404
    is_sent = request.method == "POST"
    selection = Selection.read(request.POST if is_sent else request.GET)
    if selection.is_empty:
        messages.error(request, _("Choose some products first."))
        return redirect("catalogue")
    products = selection.find_products(request)
    form = FORMS[BulkField(field)](request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            change = PREPARE[BulkField(field)](
                products=products, adjustment=form.read_adjustment(), intent=form.read_intent(request.user)
            )
        except (NothingToChange, Busy) as error:
            messages.warning(request, str(error))
        else:
            return redirect("catalogue_change_preview", change.pk)
    context = {
        "form": form,
        "selection": selection,
        "count": products.count(),
        "is_price": field == BulkField.PRICE,
        "reasons": REASONS,
    }
    return render(request, "pages/desk/change_form.html", context, status=400 if form.errors else 200)


@may_look
@require_safe
def show_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """The lines: before applying what would come, afterwards what became of each."""
    changes = BulkChange.objects.select_related("user", "undo_of", "undone_by")
    change = get_object_or_404(changes, pk=change_id)
    wanted = request.GET.get("outcome", "")
    lines = change.lines.select_related("product").order_by("product__title", "pk")
    if wanted in LineOutcome.values:
        lines = lines.filter(outcome=wanted)
    counts = count_outcomes(change)
    total = sum(counts.values())
    context = {
        "change": change,
        "lines": Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("p")),
        "outcomes": [(value, label, counts[value]) for value, label in LineOutcome.choices if counts[value]],
        "wanted": wanted,
        "counts": counts,
        "done": total - counts[LineOutcome.WAITING],
        "total": total,
        "is_prepared": change.state == BulkState.PREPARED,
        "is_running": change.state == BulkState.APPLYING,
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "pages/desk/change.html", context)


@may_change
@require_POST
def apply(request: HttpRequest, change_id: int) -> HttpResponse:
    get_object_or_404(BulkChange, pk=change_id)
    try:
        apply_change(change_id=change_id, user=request.user, at=timezone.now())
    except Busy as error:
        messages.error(request, str(error))
    return redirect("catalogue_change_preview", change_id)


@may_change
@require_POST
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    get_object_or_404(BulkChange, pk=change_id)
    try:
        undoing = undo_change(change_id=change_id, user=request.user, at=timezone.now())
    except (NotUndoable, Busy) as error:
        messages.error(request, str(error))
        return redirect("catalogue_change_preview", change_id)
    messages.success(request, _("The change is undone."))
    return redirect("catalogue_change_preview", undoing.pk)


@may_look
@require_safe
def list_changes(request: HttpRequest) -> HttpResponse:
    """What was applied, the newest first."""
    applied = BulkChange.objects.filter(state__in=[BulkState.APPLYING, BulkState.DONE])
    changes = applied.select_related("user", "undone_by").annotate(count=Count("lines")).order_by("-pk")
    page = Paginator(changes, LINES_PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request, "pages/desk/changes.html", {"changes": page, "may_change": request.user.has_perm(CHANGE)}
    )
