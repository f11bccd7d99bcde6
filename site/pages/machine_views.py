"""Public answers that people never see: for search engines, shopping sites and browsers that install the shop."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pages.merchant_feed import write_feed
from pages.models import ShopSettings
from pages.public_answers import public_view
from pages.sitemap import count_parts, list_addresses

XML = "application/xml; charset=utf-8"
PAPER = "#fcfaf6"
ICON_SIZES = (192, 512)


@require_safe
@public_view
def show_robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return render(request, "pages/robots.txt", {"sitemap": sitemap}, content_type="text/plain; charset=utf-8")


@require_safe
@public_view
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or where there are too many for one answer, the addresses of the parts."""
    parts = count_parts(request)
    if parts == 1:
        return render_addresses(request, part=1)
    urls = [request.build_absolute_uri(reverse("sitemap_part", args=[part])) for part in range(1, parts + 1)]
    return render(request, "pages/sitemap_index.xml", {"parts": urls}, content_type=XML)


@require_safe
@public_view
def show_sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    if not 1 <= part <= count_parts(request):
        raise Http404("The sitemap has no such part.")
    return render_addresses(request, part=part)


def render_addresses(request: HttpRequest, *, part: int) -> HttpResponse:
    addresses = list_addresses(request, part=part)
    return render(request, "pages/sitemap.xml", {"addresses": addresses}, content_type=XML)


@require_safe
@cache_control(public=True, max_age=3600)
def show_merchant_feed(request: HttpRequest) -> StreamingHttpResponse:
    """Google asks once a day; prices that change in between it finds on the pages."""
    return StreamingHttpResponse(write_feed(request), content_type=XML)


@require_safe
@public_view
def show_manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the shop on its home screen."""
    shop = ShopSettings.load(request)
    icons = [
        {
            "src": static(f"img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    return JsonResponse(
        {
            "name": shop.name,
            "short_name": shop.name[:12],
            "description": shop.tagline,
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": PAPER,
            "theme_color": shop.accent,
            "icons": [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}, *icons],
        },
        content_type="application/manifest+json",
    )
