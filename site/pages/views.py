"""Public views beside Wagtail's pages: search, a product's permanent address, the theme."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pages.delivery_check import DeliveryCheck, check_delivery
from pages.forms import DeliveryCheckForm
from pages.listings import list_products
from pages.models import ProductPage, ShopSettings
from pages.navigation import find_links
from pages.public_answers import public_view
from shop.models import Product

LONGEST_QUERY = 100


@require_safe
@public_view
def search(request: HttpRequest) -> HttpResponse:
    """Products whose title or description has every word."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    products = Product.objects.live().leads()
    products = products.search(query) if query else products.none()
    context = list_products(products, request=request, path=request.path)
    suggested = [] if context["total"] else find_links("collectionpage", request=request)
    return render(
        request, "pages/search_results.html", {**context, "query": query, "suggested_collections": suggested}
    )


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
@public_view
def show_theme(request: HttpRequest) -> HttpResponse:
    """The editor's colours and shapes as custom properties: a stylesheet, because pages carry no inline style."""
    shop = ShopSettings.load(request)
    return render(request, "pages/theme.css", {"shop": shop}, content_type="text/css")
