"""Reads that are the same bytes for everybody, once the caller's token was found to be none or a good one."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pages.public_answers import answer_public


def public_read(method: Callable[..., Response]) -> Callable[..., HttpResponse]:
    """Keep what a view's GET answers. Authentication, throttling and the choice of a renderer come before it."""

    @wraps(method)
    def answer(view: APIView, request: Request, *args, **kwargs) -> HttpResponse:
        def build() -> HttpResponse:
            response = method(view, request, *args, **kwargs)
            return view.finalize_response(request, response, *args, **kwargs)

        return answer_public(view.request._request, build)  # noqa: SLF001 - Django's own request inside

    answer.is_public_read = True  # the schema says so
    return answer
