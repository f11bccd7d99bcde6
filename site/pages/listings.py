"""Lists of products with filters, sorting and pages, as collection and search pages show them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from pages.cards import find_cards
from pages.facets import list_chosen, list_facets
from pages.filters import Filters, read_filters
from pages.moments import find_prices
from pages.navigation import make_breadcrumbs
from shop.models import Product
from shop.selectors import PriceList

PAGE_SIZE = 24
PAGES_AROUND = 2
SORTS = {
    "title": (_("Name"), ("title", "pk")),
    "newest": (_("Newest"), ("-pk",)),
    "price": (_("Price, low to high"), ("sale_price", "pk")),
    "-price": (_("Price, high to low"), ("-sale_price", "pk")),
}
BY_RELEVANCE = {"relevance": (_("Best match"), ("-relevance", "title", "pk"))}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True)
class Pagination:
    """The page shown and links around it; the urls keep filters and sorting."""

    number: int
    total_pages: int
    previous_url: str
    next_url: str
    pages: tuple[PageLink, ...]


def list_collection(*, page, request: HttpRequest) -> dict:
    """The context of a collection page."""
    products = Product.objects.live().leads().filter(collection_id=page.collection_id)
    return {
        **list_products(products, request=request, path=request.path),
        "breadcrumbs": make_breadcrumbs(page, request=request),
    }


def list_products(products: QuerySet, *, request: HttpRequest, path: str, by_relevance: bool = False) -> dict:
    """Filter, sort and paginate by the query string. What it does not understand it ignores.

    Results of a search come the best match first, unless another order is chosen.
    """
    sorts = {**BY_RELEVANCE, **SORTS} if by_relevance else SORTS
    query, prices = request.GET, find_prices(request)
    filters = read_filters(query)
    narrowed = filters.apply(products, sales=prices.sales).with_sale_price(prices.sales)
    sort = query.get("sort", "")
    sort = sort if sort in sorts else next(iter(sorts))
    paginator = Paginator(narrowed.order_by(*sorts[sort][1]), PAGE_SIZE)
    shown = paginator.get_page(query.get("page"))
    return {
        "cards": find_cards(list(shown), request=request, prices=prices),
        "total": paginator.count,
        "pagination": paginate(shown, query=query, path=path),
        "sort": sort,
        "sort_choices": [
            Choice(value=value, label=label, url=make_url(path, query, sort=value), current=value == sort)
            for value, (label, _order) in sorts.items()
        ],
        **show_filters(products, filters, prices=prices, query=query, path=path),
        "is_indexed": not filters.is_active and not query.get("sort"),
    }


def show_filters(
    products: QuerySet, filters: Filters, *, prices: PriceList, query: QueryDict, path: str
) -> dict:
    """What may be chosen and what is, for a list that has something to choose from."""

    def link(changed: QueryDict) -> str:
        encoded = changed.urlencode()
        return f"{path}?{encoded}" if encoded else path

    facets = list_facets(products, filters, sales=prices.sales, query=query, link=link)
    return {
        "filters": filters,
        "facets": facets,
        "chosen": list_chosen(facets, filters, query=query, link=link),
        "filters_active": filters.is_active,
        "clear_url": make_url(path, QueryDict(), **kept(query)),
    }


def kept(query: QueryDict) -> dict[str, str]:
    """What stays when filters are cleared: the words of a search and the sorting."""
    return {name: query[name] for name in ("q", "sort") if query.get(name)}


def make_url(path: str, query: QueryDict, **changes: str) -> str:
    """The same list with some parameters changed; any change leads back to the first page."""
    changed = query.copy()
    if "page" not in changes:
        changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    encoded = changed.urlencode()
    return f"{path}?{encoded}" if encoded else path


def paginate(shown: Page, *, query: QueryDict, path: str) -> Pagination:
    total = shown.paginator.num_pages

    def url(number: int) -> str:
        return make_url(path, query, page=str(number))

    around = [
        number
        for number in range(1, total + 1)
        if number in (1, total) or abs(number - shown.number) <= PAGES_AROUND
    ]
    return Pagination(
        number=shown.number,
        total_pages=total,
        previous_url=url(shown.number - 1) if shown.has_previous() else "",
        next_url=url(shown.number + 1) if shown.has_next() else "",
        pages=tuple(PageLink(number=n, url=url(n), current=n == shown.number) for n in around),
    )
