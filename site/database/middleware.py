"""What a browser is told while the database is busy; the API says it in its own shape."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from database.transactions import Busy

RETRY_AFTER_SECONDS = 5


class BusyMiddleware:
    """Answers 503 where a view let `Busy` through: nothing was written, and the same may be tried again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Busy):
            return None
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer
