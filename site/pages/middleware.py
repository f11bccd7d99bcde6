"""The short way for public pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pages.public_answers import answer_entry
from pages.public_cache import find_kept

# The API counts who asks and checks their tokens first: its views look into the cache themselves.
LONG_WAY = (
    "/auth/", "/store/", "/payments/", "/api/", "/admin/", "/django-admin/", "/static/", "/media/", "/health/",
)  # fmt: skip


class PublicCacheMiddleware:
    """Answer from the cache what was public when it was built. Everything else goes the long way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not self.takes_the_long_way(request):
            entry = find_kept(request)
            if entry is not None:
                return answer_entry(request, entry)
        return self.get_response(request)

    @staticmethod
    def takes_the_long_way(request: HttpRequest) -> bool:
        # A preview is a request that Wagtail makes up at the public address: what is kept there is not it.
        return getattr(request, "is_dummy", False) or request.path_info.startswith(LONG_WAY)
