"""The catalogue as a table, in Wagtail's admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button

from pages.desk.columns import CHOICES, choose_columns, find_columns
from pages.desk.filters import CatalogueFilters, search_catalogue
from pages.desk.permissions import CHANGE, IMPORT, VIEW
from pages.desk.rows import make_rows
from pages.models import CatalogueView
from pages.services.catalogue_views import find_views
from shop.models import Product

REASONS = (
    _("New supplier price"),
    _("Price correction"),
    _("Delivery arrived"),
    _("Stock count"),
    _("Damaged or lost"),
)
# Of the address: what a saved view and "all that match" do not keep.
PASSING = ("p", "view", "_w_filter_fragment")


class CatalogueTable(BaseListingView):
    """Products with their sizes and colours; 50 to a page, and as many queries for any number of them."""

    model = Product
    template_name = "pages/desk/catalogue.html"
    results_template_name = "pages/desk/catalogue_results.html"
    page_title = _("Products")
    header_icon = "tag"
    index_url_name = "catalogue"
    index_results_url_name = "catalogue_results"
    is_searchable = True
    filterset_class = CatalogueFilters
    default_ordering = "title"
    paginate_by = 50
    table_classname = "listing haat-catalogue"
    verbose_name_plural = _("products")

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def views(self) -> list[CatalogueView]:
        return list(find_views(self.request.user))

    @cached_property
    def saved_view(self) -> CatalogueView | None:
        wanted = self.request.GET.get("view", "")
        return next((view for view in self.views if str(view.pk) == wanted), None)

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        return choose_columns(user=self.request.user, view=self.saved_view)

    @cached_property
    def columns(self):
        return find_columns(self.column_names)

    def get_valid_orderings(self) -> list[str]:
        """Also by a column that is not shown: a view may sort by it."""
        keys = [column.sort_key for column in find_columns(tuple(CHOICES)) if column.sort_key]
        return [*keys, *(f"-{key}" for key in keys)]

    def get_base_queryset(self) -> QuerySet:
        return Product.objects.select_related("tax_class", "collection")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """With the id last, so that no product stands on two pages."""
        return queryset.order_by(self.ordering, "-pk" if self.ordering.startswith("-") else "pk")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        if self.filters and self.filters.is_valid():
            return self.filters.filter_queryset(queryset)
        return queryset.filter(archived_at=None)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return search_catalogue(queryset, self.search_query)

    def get_table(self, object_list):
        return super().get_table(make_rows(list(object_list), at=timezone.now()))

    @property
    def header_more_buttons(self) -> list[Button]:
        query = f"?{self.kept_query}" if self.kept_query else ""
        names = {"csv": _("Export as CSV"), "xlsx": _("Export as XLSX")}
        buttons = [
            Button(label, url=reverse("catalogue_export", args=[kind]) + query, icon_name="download")
            for kind, label in names.items()
        ]
        buttons.append(Button(_("Bulk changes"), url=reverse("catalogue_changes"), icon_name="history"))
        return buttons

    @cached_property
    def kept_query(self) -> str:
        """The address without its page: what a saved view, an export and "all that match" mean."""
        query = self.request.GET.copy()
        for name in PASSING:
            query.pop(name, None)
        return query.urlencode()

    def get_context_data(self, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return {
            **context,
            "may_change": self.request.user.has_perm(CHANGE),
            "may_import": self.request.user.has_perm(IMPORT),
            "may_put_on_sale": self.request.user.has_perm("shop.add_sale"),
            "reasons": REASONS,
            "views": self.views,
            "saved_view": self.saved_view,
            "own_view": self.saved_view and self.saved_view.owner_id == self.request.user.pk,
            "choices": [(name, column.label, name in self.column_names) for name, column in CHOICES.items()],
            "kept_query": self.kept_query,
        }
