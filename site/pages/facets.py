"""What a list could be narrowed to, and how many products each choice would leave."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from pages.filters import LOWEST_RATINGS, SEPARATOR, Filters, name_option
from shop.models import ProductOption, Review, Tag
from shop.pricing import SaleRule
from shop.templatetags.money import money

MOST_TAGS = 12
MOST_VALUES = 24


@dataclass(frozen=True)
class FacetChoice:
    """One box to tick. `url` is the same list with the choice turned over."""

    name: str
    value: str
    label: str
    count: int | None
    chosen: bool
    url: str

    @property
    def field_id(self) -> str:
        return f"filter-{self.name}-{self.value}".replace(" ", "_")


@dataclass(frozen=True)
class Facet:
    heading: str
    choices: tuple[FacetChoice, ...]
    is_single: bool = False  # one choice at most, as with stars

    @property
    def has_chosen(self) -> bool:
        return any(choice.chosen for choice in self.choices)


def list_facets(
    products: QuerySet,
    filters: Filters,
    *,
    sales: Sequence[SaleRule],
    query: QueryDict,
    link: Callable[[QueryDict], str],
) -> list[Facet]:
    """Each facet counts what the other filters leave. A fixed number of queries, and one more for an option chosen."""
    make = ChoiceMaker(query=query, link=link)

    def left(name: str = "") -> QuerySet:
        return filters.apply(products, sales=sales, leave_out=name).order_by()

    facets = [
        Facet(_("Availability"), tuple(list_switches(left, filters, sales=sales, make=make))),
        *list_option_facets(left, filters, make=make),
        Facet(_("Rating"), tuple(list_ratings(left("rating"), make=make)), is_single=True),
        Facet(_("Kind"), tuple(list_tags(left("tag"), filters, make=make))),
    ]
    return [facet for facet in facets if facet.choices]


@dataclass(frozen=True)
class ChoiceMaker:
    """Makes choices and their addresses; any change leads back to the first page."""

    query: QueryDict
    link: Callable[[QueryDict], str]

    def __call__(
        self, name: str, value: str, label: str, count: int | None, *, is_single: bool = False
    ) -> FacetChoice:
        chosen = value in self.query.getlist(name)
        values = [] if is_single else self.query.getlist(name)
        changed = self.query.copy()
        changed.pop("page", None)
        changed.setlist(name, [item for item in values if item != value] + ([] if chosen else [value]))
        return FacetChoice(name, value, label, count, chosen, self.link(changed))


def list_switches(left, filters: Filters, *, sales: Sequence[SaleRule], make: ChoiceMaker):
    available = left("in_stock").available().count()
    if available or filters.form.find("in_stock"):
        yield make("in_stock", "on", _("In stock"), available)
    reduced = left("on_sale").on_sale(sales).count() if sales else 0
    if reduced or filters.form.find("on_sale"):
        yield make("on_sale", "on", _("On sale"), reduced)


def list_ratings(products: QuerySet, *, make: ChoiceMaker):
    reviews = Review.objects.approved().filter(product=OuterRef("pk")).order_by().values("product")
    rated = products.annotate(mean=Subquery(reviews.annotate(mean=Avg("rating")).values("mean")))
    counts = rated.aggregate(
        **{f"from_{stars}": Count("pk", filter=Q(mean__gte=stars)) for stars in LOWEST_RATINGS}
    )
    for stars in LOWEST_RATINGS:
        if counts[f"from_{stars}"]:
            label = _("%(stars)s stars and up") % {"stars": stars}
            yield make("rating", str(stars), label, counts[f"from_{stars}"], is_single=True)


def list_tags(products: QuerySet, filters: Filters, *, make: ChoiceMaker):
    counted = Tag.objects.annotate(count=Count("products", filter=Q(products__in=products.values("pk"))))
    shown = counted.filter(Q(count__gt=0) | Q(slug__in=filters.tags)).order_by("-count", "name")
    for tag in shown[:MOST_TAGS]:
        yield make("tag", tag.slug, tag.name.capitalize(), tag.count)


def list_option_facets(left, filters: Filters, *, make: ChoiceMaker) -> list[Facet]:
    """A facet for each option. Of an option that is chosen the counts leave its own filter out."""
    found = count_values(left())
    for name in filters.values:
        found[name] = count_values(left(name_option(name)), name=name).get(name, {})
        for value in filters.values[name]:
            found[name].setdefault(value, 0)
    return [
        Facet(
            name,
            tuple(
                make("value", f"{name}{SEPARATOR}{value}", value, count)
                for value, count in list(counts.items())[:MOST_VALUES]
            ),
        )
        for name, counts in sorted(found.items())
        if len(counts) > 1 or name in filters.values
    ]


def count_values(products: QuerySet, *, name: str = "") -> dict[str, dict[str, int]]:
    """By option and value, in the order of positions: how many of these products come with it."""
    options = ProductOption.objects.filter(product__is_live=True)
    options = options.filter(name=name) if name else options
    leads = options.annotate(lead=Coalesce("product__variant_of", "product")).filter(
        lead__in=products.values("pk")
    )
    rows = leads.order_by().values("name", "value").annotate(count=Count("lead", distinct=True))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (-row["count"], row["value"])):
        found[row["name"]][row["value"]] = row["count"]
    return found


def list_chosen(facets: Sequence[Facet], filters: Filters, *, query: QueryDict, link) -> list[FacetChoice]:
    """What is chosen, each with the address of the list without it."""
    chosen = [choice for facet in facets for choice in facet.choices if choice.chosen]
    if filters.has_price:
        without = query.copy()
        for name in ("min_price", "max_price", "page"):
            without.pop(name, None)
        chosen.append(FacetChoice("price", "", describe_range(filters), None, True, link(without)))
    return chosen


def describe_range(filters: Filters) -> str:
    if filters.lowest is None:
        return _("Up to %(price)s") % {"price": money(filters.highest)}
    if filters.highest is None:
        return _("From %(price)s") % {"price": money(filters.lowest)}
    return f"{money(filters.lowest)} – {money(filters.highest)}"
