"""Which parameters a public address may have and still be kept: what nobody reads would only fill the cache."""

from urllib.parse import urlencode

from django.http import HttpRequest

LONGEST_QUERY = 300
KNOWN = frozenset(
    # Lists and products on pages.
    {"page", "sort", "q", "min_price", "max_price", "in_stock", "on_sale", "rating", "value", "variant"}
    # The API's lists.
    | {
        "collection_id",
        "unit_price__gt",
        "unit_price__lt",
        "search",
        "tag",
        "ordering",
        "include",
        "page_size",
    }
    # Wagtail's content.
    | {
        "limit",
        "offset",
        "fields",
        "order",
        "search_operator",
        "type",
        "child_of",
        "ancestor_of",
        "descendant_of",
    }
    | {"translation_of", "locale", "site", "slug", "title", "html_path", "id"}
)
# Each of their values widens the list; anything else that is said twice is ambiguous.
REPEATED = frozenset({"tag", "value"})


def canonical_query(request: HttpRequest) -> str | None:
    """The same text for the same parameters in whatever order; None where the answer should not be kept."""
    said = request.META.get("QUERY_STRING", "")
    if not said:
        return ""
    if len(said) > LONGEST_QUERY:
        return None
    parameters = dict(request.GET.lists())
    twice = {name for name, values in parameters.items() if len(values) > 1}
    if not KNOWN.issuperset(parameters) or not REPEATED.issuperset(twice):
        return None
    return urlencode(sorted((name, value) for name, values in parameters.items() for value in values))
