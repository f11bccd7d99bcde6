"""Public views beside Wagtail's pages: search, a product's permanent address, the theme."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from checkout.origins import same_origin_required
from pages.delivery_check import DeliveryCheck, check_delivery
from pages.forms import DeliveryCheckForm
from pages.models import ProductPage, ShopSettings
from pages.public_answers import PERSONAL, public_view
from pages.search_view import find_suggestions, read_receipt, search_products
from pages.shown_look import read_look
from pages.theme import make_theme
from shop.models import Product
from shop.services.searches import record_search as count_search


@require_safe
@public_view
def search(request: HttpRequest) -> HttpResponse:
    """What a shopper looks for, and where nothing is found, where to go on."""
    return render(request, "pages/search_results.html", search_products(request))


@require_safe
@public_view
def suggest(request: HttpRequest) -> JsonResponse:
    """What the search box offers while somebody types."""
    return JsonResponse({"suggestions": [asdict(item) for item in find_suggestions(request)]})


@require_POST
@same_origin_required
def record_search(request: HttpRequest) -> HttpResponse:
    """A page of results tells that somebody saw it. It is cached, so that it cannot count itself."""
    seen = read_receipt(request.POST.get("receipt", ""))
    if seen is not None:
        count_search(text=seen.text, results=seen.results, on=timezone.localdate())
    return HttpResponse(status=204 if seen else 400)


@require_safe
def show_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """The permanent address of a product leads to its page, with the variant chosen."""
    product = Product.objects.live().filter(pk=product_id).first()
    page = ProductPage.objects.live().filter(product_id=product.lead_id).first() if product else None
    if page is None:
        raise Http404("No product has this number.")
    url = page.get_url(request)
    return HttpResponseRedirect(url if product.pk == product.lead_id else f"{url}?variant={product.pk}")


@require_safe
@conditional_page
@vary_on_headers("Accept")
@cache_control(max_age=0, must_revalidate=True)
def show_delivery_check(request: HttpRequest) -> HttpResponse:
    """Whether, when and for how much a product comes to a PIN code; a page's script asks for JSON."""
    form = DeliveryCheckForm(request.GET)
    wants_json = "application/json" in request.headers.get("Accept", "")
    product = Product.objects.live().select_related("tax_class").filter(pk=form.find_product_id()).first()
    if product is None:
        raise Http404("No product has this number.")
    check = None
    if form.is_valid():
        check = check_delivery(product=product, pin_code=form.cleaned_data["pin"], at=timezone.now())
    if wants_json:
        return answer_delivery_check(form, check)
    context = {"form": form, "check": check, "product": product}
    return render(request, "pages/delivery_check.html", context, status=200 if check else 400)


def answer_delivery_check(form: DeliveryCheckForm, check: DeliveryCheck | None) -> JsonResponse:
    if check is None:
        return JsonResponse({"error": form.errors["pin"][0]}, status=400)
    return JsonResponse(asdict(check))


@require_safe
def show_theme(request: HttpRequest) -> HttpResponse:
    """The editor's colours and shapes as custom properties: a stylesheet, because pages carry no inline style."""
    edited = read_look(request.GET.get("look", ""))
    if edited is None:
        return show_saved_theme(request)
    response = render_theme(request, edited)
    response.headers["Cache-Control"] = PERSONAL
    return response


@public_view
def show_saved_theme(request: HttpRequest) -> HttpResponse:
    return render_theme(request, ShopSettings.load(request))


def render_theme(request: HttpRequest, shop: ShopSettings) -> HttpResponse:
    return render(request, "pages/theme.css", {"theme": make_theme(shop)}, content_type="text/css")
