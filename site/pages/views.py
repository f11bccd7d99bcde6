"""Public views beside Wagtail's pages: search, a product's permanent address, the theme."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

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
@public_view
def show_theme(request: HttpRequest) -> HttpResponse:
    """The editor's colours and shapes as custom properties: a stylesheet, because pages carry no inline style."""
    shop = ShopSettings.load(request)
    return render(request, "pages/theme.css", {"shop": shop}, content_type="text/css")
