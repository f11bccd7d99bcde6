"""What lists can be narrowed and sorted by."""

import django_filters
from rest_framework.filters import OrderingFilter

from shop.models import Collection, Product
from shop.search.matching import filter_by_words

LONGEST_SEARCH = 255


class ProductFilter(django_filters.FilterSet):
    collection_id = django_filters.ModelChoiceFilter(
        field_name="collection", queryset=Collection.objects.all()
    )
    unit_price__gt = django_filters.NumberFilter(field_name="unit_price", lookup_expr="gt")
    unit_price__lt = django_filters.NumberFilter(field_name="unit_price", lookup_expr="lt")
    # Bounded: every word is a condition, and a database nests only so many.
    search = django_filters.CharFilter(method="filter_search", max_length=LONGEST_SEARCH)
    tag = django_filters.CharFilter(method="filter_tag")
    in_stock = django_filters.BooleanFilter(method="filter_in_stock")

    class Meta:
        model = Product
        fields: list[str] = []

    def filter_search(self, products, name: str, text: str):
        return filter_by_words(products, text)

    def filter_tag(self, products, name: str, slug: str):
        return products.tagged(slug)

    def filter_in_stock(self, products, name: str, wanted: bool):
        return products.in_stock() if wanted else products


class ProductOrdering(OrderingFilter):
    """By price or last update; other values are ignored. Ends with the key, so that pages never overlap."""

    def get_ordering(self, request, queryset, view):
        return [*(super().get_ordering(request, queryset, view) or ()), "pk"]
