"""Views of the admin: the product form's own actions."""

import json

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from database.transactions import Busy
from pages.choice_forms import ChoiceForm
from pages.desk.permissions import CHANGE
from pages.forms import FactsForm
from pages.models import ProductPage
from pages.panels import find_family
from pages.services.choices import ChoiceRefused, add_choice
from pages.services.facts import apply_facts
from shop.models import Product
from shop.services.stock import StockChanged


@require_POST
def apply_product_facts(request: HttpRequest, page_id: int) -> JsonResponse:
    """Change price, stock and other facts at once, on behalf of an editor who may."""
    page = get_object_or_404(ProductPage, pk=page_id)
    if not may_change_facts(request.user, page):
        return refuse()
    form = FactsForm(read_json(request))
    if not form.is_valid():
        return JsonResponse({"error": _("Please check the numbers."), "fields": form.errors}, status=400)
    try:
        product = apply_facts(page_id=page.pk, user=request.user, **form.cleaned_data)
    except StockChanged as error:
        return JsonResponse({"error": str(error), "inventory": error.current}, status=409)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503)
    return JsonResponse({"message": describe_change(form), **list_applied(product)})


@require_POST
def add_product_choice(request: HttpRequest, page_id: int) -> JsonResponse:
    """Offer the product in one more size or colour, on behalf of an editor who may set its price."""
    page = get_object_or_404(ProductPage, pk=page_id)
    if not may_change_facts(request.user, page):
        return refuse()
    form = ChoiceForm(read_json(request))
    if not form.is_valid():
        return JsonResponse({"error": _("Please check the fields."), "fields": form.errors}, status=400)
    try:
        add_choice(page_id=page.pk, user=request.user, **form.cleaned_data)
    except ChoiceRefused as error:
        return JsonResponse({"error": str(error), "fields": {error.field: [str(error)]}}, status=400)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503)
    rows = [list_choice(product) for product in find_family(page)]
    return JsonResponse({"message": _("The choice is added."), "choices": rows})


def may_change_facts(user, page: ProductPage) -> bool:
    """Who prices products; and whoever may publish the page, before it was ever public: nobody bought it by then."""
    if not page.permissions_for_user(user).can_publish():
        return False
    return page.first_published_at is None or user.has_perm(CHANGE)


def refuse() -> JsonResponse:
    return JsonResponse({"error": _("You may not change price and stock of this product.")}, status=403)


def list_choice(product: Product) -> dict:
    return {"choice": product.choice, "unit_price": str(product.unit_price), "inventory": product.inventory}


def describe_change(form: FactsForm) -> str:
    if form.cleaned_data.keys() & set(FactsForm.MAY_BE_MISSING):
        return _("Price, stock and details are changed.")
    return _("Price and stock are changed.")


def list_applied(product: Product) -> dict:
    """What the editor's fields show from now on."""
    return {
        "unit_price": str(product.unit_price),
        "inventory": product.inventory,
        "tax_class": product.tax_class_id or "",
        "hsn_code": product.hsn_code,
        "weight_grams": product.weight_grams,
        "low_stock_threshold": product.low_stock_threshold,
    }


def read_json(request: HttpRequest) -> dict:
    """The body's object; anything else is an empty one, which the form refuses."""
    try:
        data = json.loads(request.body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
