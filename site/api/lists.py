"""How a list is answered."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response


def answer_list(view: GenericAPIView, rows: QuerySet, shape: Callable[[Sequence[Any]], Any]) -> Response:
    """The rows in their shape: one page where the request asks for pages, else all of them."""
    page = view.paginate_queryset(rows)
    return Response(shape(list(rows))) if page is None else view.get_paginated_response(shape(page))
