"""Every API route ends in a slash, and what it does not call public is personal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes

PERSONAL = "private, no-store"
API_PREFIXES = ("/auth/", "/store/", "/payments/", "/api/")


class RedirectToSlashMiddleware:
    """301 to the slashed address. Django's own redirect raises on POST under DEBUG."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.endswith("/") and path.startswith(API_PREFIXES) and self.is_route(f"{path}/"):
            return HttpResponsePermanentRedirect(self.with_slash(request))
        return self.get_response(request)

    @staticmethod
    def is_route(path: str) -> bool:
        try:
            return resolve(path).url_name != "api-nothing"
        except Resolver404:
            return False

    @staticmethod
    def with_slash(request: HttpRequest) -> str:
        return escape_leading_slashes(request.get_full_path(force_append_slash=True))


class PersonalAnswersMiddleware:
    """What no view declared public depends on who asks, errors among it: nobody on the way keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(API_PREFIXES) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = PERSONAL
        return response
