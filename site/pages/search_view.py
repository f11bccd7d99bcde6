"""The page of search results, and what the search box offers while somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from pages.cards import find_cards, find_collection_tiles
from pages.listings import list_products
from pages.navigation import Link
from shop.models import Product
from shop.search.matching import Found, find_matches
from shop.search.words import list_words
from shop.services.searches import LONGEST_TEXT, find_popular_searches
from shop.templatetags.money import money

POPULAR_SEARCHES = 8
SUGGESTED_TEXTS = 3
SUGGESTED_COLLECTIONS = 2
SUGGESTED_PRODUCTS = 5
SHORTEST_SUGGESTED = 2
signer = Signer(salt="pages.search_view")


@dataclass(frozen=True)
class Suggestion:
    """One line below the search box; `kind` is search, collection or product, `detail` a price."""

    kind: str
    label: str
    url: str
    detail: str = ""
    picture: str = ""


@dataclass(frozen=True)
class SeenSearch:
    """A page of results that somebody saw. `results` are those that had every word."""

    text: str
    results: int


def search_products(request: HttpRequest) -> dict:
    """The context of the search page."""
    query = read_query(request)
    found = find_matches(Product.objects.live().leads(), query)
    context = list_products(found.products, request=request, path=request.path, by_relevance=True)
    return {
        **context,
        "query": query,
        "corrected": found.corrected if context["total"] else "",
        "has_every_word": found.has_every_word,
        "receipt": write_receipt(query, found, total=context["total"]) if is_whole(request) else "",
        **({} if context["total"] else show_elsewhere(request)),
    }


def read_query(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:LONGEST_TEXT]


def is_whole(request: HttpRequest) -> bool:
    """Whether these are all results of a search that was just typed, not a page or a part of them."""
    return set(request.GET) == {"q"} and bool(read_query(request))


def write_receipt(query: str, found: Found, *, total: int) -> str:
    """What the page sends back to be counted; signed, so that nobody counts what was never shown."""
    return signer.sign_object([query, total if found.has_every_word else 0])


def read_receipt(receipt: str) -> SeenSearch | None:
    try:
        text, results = signer.unsign_object(receipt)
    except BadSignature:
        return None
    return SeenSearch(text=text, results=results)


def show_elsewhere(request: HttpRequest) -> dict:
    """Where to go on from a search that found nothing: what others look for, the shelves, what is new."""
    newest = Product.objects.live().leads().order_by("-pk")[:4]
    return {
        "popular_searches": find_search_links(),
        "collection_tiles": find_collection_tiles(request=request),
        "newest_cards": find_cards(list(newest), request=request),
    }


def find_search_links(beginning: str = "", limit: int = POPULAR_SEARCHES) -> list[Link]:
    texts = find_popular_searches(on=timezone.localdate(), limit=limit, beginning=beginning)
    return [Link(title=text, url=f"{reverse('search')}?{urlencode({'q': text})}") for text in texts]


def find_suggestions(request: HttpRequest) -> list[Suggestion]:
    """Before anything is typed what others look for; then searches, collections and products that fit."""
    query = read_query(request)
    if len(query) < SHORTEST_SUGGESTED:
        return suggest_searches(find_search_links(limit=SUGGESTED_TEXTS + SUGGESTED_PRODUCTS))
    return [
        *suggest_searches(find_search_links(query, SUGGESTED_TEXTS)),
        *suggest_collections(query, request=request),
        *suggest_products(query, request=request),
    ]


def suggest_searches(links: Iterable[Link]) -> list[Suggestion]:
    return [Suggestion(kind="search", label=link.title, url=link.url) for link in links]


def suggest_collections(query: str, *, request: HttpRequest) -> list[Suggestion]:
    last = (list_words(query) or [""])[-1]
    tiles = [
        tile
        for tile in find_collection_tiles(request=request)
        if last and any(word.startswith(last) for word in list_words(tile.title))
    ]
    return [
        Suggestion(kind="collection", label=tile.title, url=tile.url)
        for tile in tiles[:SUGGESTED_COLLECTIONS]
    ]


def suggest_products(query: str, *, request: HttpRequest) -> list[Suggestion]:
    found = find_matches(Product.objects.live().leads(), query)
    products = list(found.products.order_by("-relevance", "title", "pk")[:SUGGESTED_PRODUCTS])
    return [
        Suggestion(
            kind="product",
            label=card.title,
            url=card.url,
            detail=money(card.price),
            picture=card.picture.src if card.picture else "",
        )
        for card in find_cards(products, request=request)
    ]
