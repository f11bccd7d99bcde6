"""The routes of the API as the URL resolver knows them, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from api.middleware import API_PREFIXES


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def find_routes() -> list[Route]:
    starts = tuple(prefix.lstrip("/") for prefix in API_PREFIXES)
    routes = [route for route in walk(get_resolver()) if route.pattern.startswith(starts)]
    return [*routes, Route("api-nothing", "", ())]


def walk(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[Route]:
    """Every pattern below; the anchors of regular expressions are dropped, they hold only where they stand."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            yield Route(space + str(entry.name), pattern, find_parameters(entry))
        else:
            yield from walk(entry, pattern, f"{space}{entry.namespace}:" if entry.namespace else space)


def find_parameters(entry: URLPattern) -> tuple[str, ...]:
    converters = getattr(entry.pattern, "converters", {})
    return tuple(converters or entry.pattern.regex.groupindex)
