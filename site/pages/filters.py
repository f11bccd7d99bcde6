"""How a list of products is narrowed: what the address says, as filters that can be left out one at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pages.price_filter import match_price
from shop.pricing import SaleRule

LOWEST_RATINGS = (4, 3)
MOST_CHOSEN = 20  # values of one filter; more is nobody's choice
SEPARATOR = ":"


class FilterForm(forms.Form):
    """Prices are those that shoppers see, with tax; a bad value filters nothing. A GET form, so without a token."""

    min_price = forms.DecimalField(label=_("From ₹"), min_value=0, max_digits=10, required=False)
    max_price = forms.DecimalField(label=_("To ₹"), min_value=0, max_digits=10, required=False)
    in_stock = forms.BooleanField(required=False)
    on_sale = forms.BooleanField(required=False)
    rating = forms.TypedChoiceField(
        choices=[(stars, stars) for stars in LOWEST_RATINGS], coerce=int, empty_value=None, required=False
    )

    def __init__(self, data) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.is_valid()

    def find(self, name: str):
        return getattr(self, "cleaned_data", {}).get(name) or None


@dataclass(frozen=True)
class Filters:
    """What somebody chose. Values of one option or several tags widen a filter, different filters narrow the list."""

    form: FilterForm
    tags: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        return bool(self.tags or self.values or any(map(self.form.find, self.form.fields)) or self.has_price)

    @property
    def has_price(self) -> bool:
        return self.lowest is not None or self.highest is not None

    @property
    def lowest(self) -> Decimal | None:
        return getattr(self.form, "cleaned_data", {}).get("min_price")

    @property
    def highest(self) -> Decimal | None:
        return getattr(self.form, "cleaned_data", {}).get("max_price")

    @cached_property
    def price_match(self) -> Q:
        """Read once, although every facet counts with it."""
        return match_price(self.lowest, self.highest)

    def apply(self, products: QuerySet, *, sales: Sequence[SaleRule], leave_out: str = "") -> QuerySet:
        """Narrow by everything but `leave_out`; `sales` are those that are on, and make prices."""
        for name, narrow in self.list_steps(sales).items():
            if name != leave_out:
                products = narrow(products)
        return products

    def list_steps(self, sales: Sequence[SaleRule]) -> dict[str, Callable[[QuerySet], QuerySet]]:
        """The filters that are chosen, by name; an option's values go by the option's name."""
        steps: dict[str, Callable[[QuerySet], QuerySet]] = {}
        if self.has_price:
            steps["price"] = lambda items: items.with_sale_price(sales).filter(self.price_match)
        if self.form.find("in_stock"):
            steps["in_stock"] = lambda items: items.available()
        if self.form.find("on_sale"):
            steps["on_sale"] = lambda items: items.on_sale(sales)
        if self.form.find("rating"):
            steps["rating"] = lambda items: items.rated_from(self.form.find("rating"))
        if self.tags:
            steps["tag"] = lambda items: items.tagged_any(self.tags)
        for name, values in self.values.items():
            steps[name_option(name)] = lambda items, n=name, v=values: items.offered_in(n, v)
        return steps


def name_option(name: str) -> str:
    return f"value{SEPARATOR}{name}"


def read_filters(query: QueryDict) -> Filters:
    return Filters(
        form=FilterForm(query),
        tags=tuple(dict.fromkeys(filter(None, query.getlist("tag"))))[:MOST_CHOSEN],
        values=read_values(query.getlist("value")),
    )


def read_values(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """`Size:M` and `Size:L` are two values of one option."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts[:MOST_CHOSEN]:
        name, separator, value = text.partition(SEPARATOR)
        if separator and name and value:
            found[name].append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}
