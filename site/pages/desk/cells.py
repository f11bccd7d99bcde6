"""Price and stock of one product, changed in place; and the product's own history."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from database.transactions import Busy
from pages.admin_views import read_json
from pages.desk.cell_forms import PriceForm, ReasonedForm, StockForm
from pages.desk.permissions import CHANGE, may_change, may_look
from pages.desk.rows import make_rows
from pages.desk.table import REASONS
from pages.services.facts import change_price_now, change_stock_now
from shop.models import Product
from shop.services.prices import PriceChanged
from shop.services.stock import OutOfStock, StockChanged
from shop.templatetags.money import money

ENTRIES = 25


@may_change
@require_POST
def change_price(request: HttpRequest, product_id: int) -> JsonResponse:
    form = PriceForm(read_json(request))
    return answer(form, product_id, lambda: change_price_now(**gather(form, request, product_id)))


@may_change
@require_POST
def change_stock(request: HttpRequest, product_id: int) -> JsonResponse:
    form = StockForm(read_json(request))

    def change() -> Product:
        reason = form.cleaned_data["reason"]
        return change_stock_now(product_id=product_id, user=request.user, reason=reason, **form.wish())

    return answer(form, product_id, change)


def gather(form: PriceForm, request: HttpRequest, product_id: int) -> dict[str, Any]:
    return {"product_id": product_id, "user": request.user, **form.cleaned_data}


def answer(form: ReasonedForm, product_id: int, change: Callable[[], Product]) -> JsonResponse:
    """What the cell shows from now on; or what is wrong, and what is there instead."""
    get_object_or_404(Product, pk=product_id)
    if not form.is_valid():
        return JsonResponse({"fields": form.errors}, status=400)
    try:
        product = change()
    except (PriceChanged, StockChanged) as error:
        sentence = describe_conflict(form.cleaned_data["seen"], error)
        return JsonResponse({"error": sentence, **show(error.current)}, status=409)
    except OutOfStock as error:
        left = error.shortages[0].available
        sentence = _("Only %(left)s are there: no more can be taken away.") % {"left": left}
        return JsonResponse({"error": sentence, **show(left)}, status=409)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503)
    figure = product.unit_price if isinstance(form, PriceForm) else product.inventory
    row = make_rows([product], at=timezone.now())[0]
    sale = "" if row.sale_price is None else money(row.sale_price)
    level = "out" if not product.inventory else "low" if row.is_low else ""
    return JsonResponse({**show(figure), "sale": sale, "level": level})


def describe_conflict(seen, error: PriceChanged | StockChanged) -> str:
    was, now = show(seen)["text"], show(error.current)["text"]
    return _("It was %(was)s when you looked, it is %(now)s now.") % {"was": was, "now": now}


def show(figure) -> dict[str, str]:
    """A figure as the field takes it, and as people read it. Prices are decimals, stocks whole numbers."""
    return {"value": str(figure), "text": str(figure) if isinstance(figure, int) else money(figure)}


@may_look
@require_safe
def show_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """How price and stock came to be what they are: every change, with who and why."""
    product = get_object_or_404(Product.objects.select_related("variant_of"), pk=product_id)
    movements = product.movements.select_related("user")
    prices = product.price_changes.select_related("user")
    context = {
        "row": make_rows([product], at=timezone.now())[0],
        "product": product,
        "movements": Paginator(movements, ENTRIES).get_page(request.GET.get("stock")),
        "prices": Paginator(prices, ENTRIES).get_page(request.GET.get("price")),
        "may_change": request.user.has_perm(CHANGE),
        "reasons": REASONS,
    }
    return render(request, "pages/desk/product.html", context)
