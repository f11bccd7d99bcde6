"""Forms on public pages carry no CSRF token: the browser itself says where a request comes from."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt

REFUSAL = "This form was sent from another site. Please open the shop and try again."


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that our own page sent this. Without a word from it, no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.get_host() and urlsplit(origin).scheme in ("http", "https")


def same_origin_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view do without a CSRF token because it refuses whatever other sites send."""

    @csrf_exempt
    @wraps(view)
    def check_origin(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_same_origin(request):
            return HttpResponseForbidden(REFUSAL, content_type="text/plain; charset=utf-8")
        return view(request, *args, **kwargs)

    return check_origin
