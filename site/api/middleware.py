"""Every API route ends in a slash, what it does not call public is personal, and its errors are JSON."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes
from rest_framework import exceptions as rest

from api.errors import UNEXPECTED, Refused, complete_body

PERSONAL = "private, no-store"
API_PREFIXES = ("/auth/", "/store/", "/payments/", "/api/")

# What Django answers itself, where no view of the API was reached or none could say it any more.
REFUSALS: dict[int, rest.APIException] = {
    400: rest.ParseError(),
    403: rest.PermissionDenied(),
    404: rest.NotFound(),
    500: Refused(UNEXPECTED, status=500, code="server_error"),
}
# Stand below the API's addresses and are read by people.
PAGES = {"payment-test", "api-docs"}


class ErrorsInJsonMiddleware:
    """An error that became one of Django's pages leaves in the API's own shape: a host that is none of ours,
    or an answer that could not be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        refusal = REFUSALS.get(response.status_code)
        if refusal and request.path_info.startswith(API_PREFIXES) and is_page(request, response):
            body = complete_body(refusal, {"detail": refusal.detail})
            response.content = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
            response.headers["Content-Type"] = "application/json"
            response.headers["Cache-Control"] = PERSONAL
        return response


def is_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is HTML, and not of a view that means it."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    return name not in PAGES and response.headers.get("Content-Type", "").startswith("text/html")


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
