"""How an editor picks what is sold."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from shop.models import Product, Review
from shop.search.matching import match_all
from shop.search.queries import parse_query


class ProductFilterForm(BaseFilterForm):
    """By words, as shoppers search, or by the beginning of a SKU."""

    q = forms.CharField(
        label=_("Search"), widget=forms.TextInput(attrs={"placeholder": _("Title or SKU")}), required=False
    )

    def filter(self, objects):
        text = self.cleaned_data.get("q", "").strip()
        if not text:
            return super().filter(objects)
        self.is_searching, self.search_query = True, text
        found = Product.objects.leads().filter(match_all(parse_query(text))).values("pk")
        family = Q(pk__in=found) | Q(variant_of__in=found)
        return super().filter(objects.filter(family | Q(sku__istartswith=text)))


class ProductColumns:
    filter_form_class = ProductFilterForm
    ordering = ["title", "pk"]

    def get_object_list(self):
        return Product.objects.filter(archived_at=None).select_related("collection")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("collection", label=_("Collection"))]


class ChooseProducts(ProductColumns, ChooseView):
    pass


class ChooseProductResults(ProductColumns, ChooseResultsView):
    pass


class ProductChooserViewSet(ChooserViewSet):
    model = Product
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    choose_view_class = ChooseProducts
    choose_results_view_class = ChooseProductResults


product_chooser_viewset = ProductChooserViewSet("product_chooser")


class ReviewColumns:
    ordering = ["-pk"]

    def get_object_list(self):
        return Review.objects.approved().select_related("product")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("product", label=_("Product")), Column("rating", label=_("Stars"))]


class ChooseReviews(ReviewColumns, ChooseView):
    pass


class ChooseReviewResults(ReviewColumns, ChooseResultsView):
    pass


class ReviewChooserViewSet(ChooserViewSet):
    """Of the reviews that shoppers may read."""

    model = Review
    icon = "comment"
    choose_one_text = _("Choose a review")
    choose_another_text = _("Choose another review")
    choose_view_class = ChooseReviews
    choose_results_view_class = ChooseReviewResults


review_chooser_viewset = ReviewChooserViewSet("review_chooser")
