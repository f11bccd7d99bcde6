"""What of the catalogue a table, a bulk change or an export is about: search and filters, read from an address."""

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from shop.models import Collection, Product, Tag, TaxClass
from shop.sale_rules import current_sales

LEADS, VARIANTS = "leads", "variants"
OUT, LOW, ENOUGH = "out", "low", "enough"
LIVE, HIDDEN, CHANGED, ARCHIVED = "live", "hidden", "changed", "archived"
YES, NO = "yes", "no"
OWN_RATE = "own"


def page_is(**conditions) -> Q:
    """Of the page of a product, or of its lead."""
    own = Q(**{f"page__{name}": value for name, value in conditions.items()})
    return own | Q(**{f"variant_of__page__{name}": value for name, value in conditions.items()})


STATES = {
    LIVE: page_is(live=True),
    HIDDEN: page_is(live=False),
    CHANGED: page_is(has_unpublished_changes=True),
}
STOCKS = {
    OUT: Q(inventory=0),
    LOW: Q(inventory__gt=0, inventory__lte=F("low_stock_threshold")),
    ENOUGH: Q(inventory__gt=F("low_stock_threshold")),
}


def choice(label, choices, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, widget=forms.RadioSelect, empty_label=_("All")
    )


class CatalogueFilters(WagtailFilterSet):
    """Archived products are shown where they are asked for."""

    collection = django_filters.ModelMultipleChoiceFilter(
        label=_("Collection"),
        queryset=Collection.objects.order_by("title"),
        widget=forms.CheckboxSelectMultiple,
    )
    tag = django_filters.ModelMultipleChoiceFilter(
        label=_("Tag"),
        queryset=Tag.objects.order_by("name"),
        method="filter_tags",
        widget=forms.CheckboxSelectMultiple,
    )
    stock = choice(
        _("Stock"),
        [(OUT, _("Sold out")), (LOW, _("Low")), (ENOUGH, _("Enough"))],
        "filter_stock",
    )
    sale = choice(_("On sale now"), [(YES, _("Reduced")), (NO, _("Not reduced"))], "filter_sale")
    state = choice(
        _("Page"),
        [
            (LIVE, _("Live")),
            (HIDDEN, _("Not live")),
            (CHANGED, _("With an unpublished draft")),
            (ARCHIVED, _("Archived")),
        ],
        "filter_state",
    )
    tax = django_filters.MultipleChoiceFilter(
        label=_("Tax class"), method="filter_tax", widget=forms.CheckboxSelectMultiple, choices=()
    )
    kind = choice(
        _("Sizes and colours"),
        [(LEADS, _("Products only")), (VARIANTS, _("Sizes and colours only"))],
        "filter_kind",
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        classes = [(str(pk), name) for pk, name in TaxClass.objects.values_list("pk", "name")]
        self.filters["tax"].extra["choices"] = [(OWN_RATE, _("The shop's own rate")), *classes]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        if self.form.cleaned_data.get("state") != ARCHIVED:
            queryset = queryset.filter(archived_at=None)
        return super().filter_queryset(queryset)

    def filter_tags(self, products: QuerySet, name: str, tags) -> QuerySet:
        if not tags:
            return products
        return products.filter(pk__in=Product.tags.through.objects.filter(tag__in=tags).values("product_id"))

    def filter_stock(self, products: QuerySet, name: str, value: str) -> QuerySet:
        return products.filter(STOCKS[value])

    def filter_sale(self, products: QuerySet, name: str, value: str) -> QuerySet:
        now = timezone.now()
        sales = [sale for sale in current_sales() if sale.is_on(now)]
        reduced = (
            Product.objects.on_sale(sales).values("pk") if sales else Product.objects.none().values("pk")
        )
        return products.filter(pk__in=reduced) if value == YES else products.exclude(pk__in=reduced)

    def filter_state(self, products: QuerySet, name: str, value: str) -> QuerySet:
        return products.exclude(archived_at=None) if value == ARCHIVED else products.filter(STATES[value])

    def filter_tax(self, products: QuerySet, name: str, values: list[str]) -> QuerySet:
        if not values:
            return products
        wanted = Q(tax_class__in=[value for value in values if value != OWN_RATE])
        return products.filter(wanted | Q(tax_class=None) if OWN_RATE in values else wanted)

    def filter_kind(self, products: QuerySet, name: str, value: str) -> QuerySet:
        return products.filter(variant_of__isnull=value == LEADS)


def search_catalogue(products: QuerySet, text: str) -> QuerySet:
    """Every word is somewhere in the title or the SKU."""
    for word in text.split():
        products = products.filter(Q(title__icontains=word) | Q(sku__icontains=word))
    return products


def find_matching(query: str, *, request: HttpRequest) -> QuerySet:
    """The products that a table with this address shows, all pages of it."""
    data = QueryDict(query)
    filters = CatalogueFilters(data, request=request)
    products = Product.objects.all()
    # A filter whose tag or collection is gone means nothing, least of all everything.
    products = filters.filter_queryset(products) if filters.is_valid() else products.none()
    return search_catalogue(products, data.get("q", "")).order_by("pk")
