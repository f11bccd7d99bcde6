"""`?include=`: what an answer says beyond its default shape, by names in a comma list.

A name that an endpoint does not know is ignored, as unknown parameters and orderings are: a client may ask
an older shop for what a newer one says.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from rest_framework.request import Request

INCLUDE_PARAMETER = "include"

# What a name adds to each of these rows, by primary key: for all rows at once, so that no list asks per row.
Loader = Callable[[Sequence[Any], Request], Mapping[Any, Any]]


def find_asked(request: Request) -> set[str]:
    """The names that the request asks for; the parameter may be repeated."""
    lists = request.query_params.getlist(INCLUDE_PARAMETER)
    return {name.strip() for names in lists for name in names.split(",")}


def add_includes(
    shapes: Sequence[Mapping[str, Any]],
    rows: Sequence[Model],
    *,
    loaders: Mapping[str, Loader],
    request: Request,
) -> list[dict[str, Any]]:
    """The shapes with what was asked for behind them, in the order of the registry."""
    asked = find_asked(request)
    loaded = {name: load(rows, request) for name, load in loaders.items() if name in asked}
    return [
        {**shape, **{name: values[row.pk] for name, values in loaded.items()}}
        for shape, row in zip(shapes, rows, strict=True)
    ]
