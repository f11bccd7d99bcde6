"""The shop in Wagtail's admin: reference data, and what decides prices."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from shop.choosers import product_chooser_viewset, review_chooser_viewset
from shop.coupon_admin import PRICES_MENU
from shop.delivery_admin import DELIVERY_VIEWSETS
from shop.models import Review, Synonym, Tag, TaxClass
from shop.sale_admin import SaleViewSet


class TagViewSet(ModelViewSet):
    model = Tag
    icon = "tag"
    form_fields = ["name", "slug"]
    list_display = ["name", "slug"]
    search_fields = ["name"]


class DeleteUnused(DeleteView):
    """What products still use stays: a sentence says so, where Wagtail would fail."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            sentence = _("%(name)s is used by products: give them another one first.")
            messages.error(self.request, sentence % {"name": self.object})
            return redirect(self.index_url_name)


class TaxClassViewSet(ModelViewSet):
    model = TaxClass
    delete_view_class = DeleteUnused
    icon = "tag"
    form_fields = ["name", "kind", "rate", "hsn_code"]
    list_display = ["name", "kind", "rate", "hsn_code"]


class ReviewViewSet(ModelViewSet):
    model = Review
    icon = "comment"
    form_fields = ["is_approved", "answer"]
    list_display = ["name", "product", "rating", "is_approved", "date"]
    list_filter = ["is_approved", "rating"]
    search_fields = ["name", "description"]


class SynonymViewSet(ModelViewSet):
    model = Synonym
    icon = "search"
    form_fields = ["words"]
    list_display = ["words"]
    search_fields = ["words"]


# The table of products hangs itself in here: it knows pages, which this floor does not.
CATALOGUE_MENU = "register_catalogue_menu_item"


class CatalogueGroup(ViewSetGroup):
    menu_label = _("Catalogue")
    menu_icon = "tag"
    menu_order = 140
    submenu_hook = CATALOGUE_MENU
    items = (
        ReviewViewSet("reviews"),
        TagViewSet("tags"),
        TaxClassViewSet("tax_classes"),
        SynonymViewSet("synonyms"),
    )


@hooks.register("register_admin_viewset")
def register_catalogue():
    return CatalogueGroup()


@hooks.register("register_admin_viewset")
def register_choosers():
    return [product_chooser_viewset, review_chooser_viewset]


class PricesGroup(SnippetViewSetGroup):
    menu_label = _("Prices")
    menu_icon = "tag"
    menu_order = 145
    # Coupons hang themselves in here, and so does the checkout, which this floor does not know.
    submenu_hook = PRICES_MENU
    items = (SaleViewSet, *DELIVERY_VIEWSETS)


register_snippet(PricesGroup)
