"""Sales in Wagtail's admin: the form, its hints about other sales, the list."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    PublishingPanel,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from shop.forms import SaleForm
from shop.models import Collection, Product, Sale, SaleProduct
from shop.sale_overlaps import find_overlaps

SATURDAY = 5


class OverlapPanel(Panel):
    """The other sales that touch the same products in the same time."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "shop/admin/sale_overlaps.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            edit_url_name = self.instance.snippet_viewset.get_url_name("edit")
            return {**context, "overlaps": find_overlaps(self.instance), "edit_url_name": edit_url_name}

        def is_shown(self) -> bool:
            return self.instance.pk is not None and super().is_shown()


class OverlapWarning:
    """Says after saving which other sales meet this one; not at each autosave."""

    def run_after_hook(self):
        if not self.expects_json_response:
            warn_of_overlaps(self.request, self.object)
        return super().run_after_hook()


def warn_of_overlaps(request, sale: Sale) -> None:
    names = [f"“{overlap.sale.name}”" for overlap in find_overlaps(sale)]
    if names:
        sentence = ngettext(
            "%(names)s touches the same products in the same time: the lowest price wins.",
            "%(names)s touch the same products in the same time: the lowest price wins.",
            len(names),
        )
        messages.warning(request, sentence % {"names": ", ".join(names)})


class SaleCreateView(OverlapWarning, CreateView):
    """The address may say what it is about: `?collection=` and `?product=`, each any number of times."""

    def get_initial_form_instance(self):
        asked = {name: self.request.GET.getlist(name) for name in ("collection", "product")}
        if self.request.method != "GET" or not any(asked.values()):
            return super().get_initial_form_instance()
        return begin_weekend_sale(
            collection_ids=[int(value) for value in asked["collection"] if value.isdecimal()],
            product_ids=[int(value) for value in asked["product"] if value.isdecimal()],
        )


class SaleEditView(OverlapWarning, EditView):
    pass


def begin_weekend_sale(*, collection_ids: list[int], product_ids: list[int]) -> Sale:
    """Not saved: 20 % off for the coming weekend, which the form shows and anybody changes."""
    collections = list(Collection.objects.filter(pk__in=collection_ids))
    starts_at, ends_at = find_weekend(timezone.localtime())
    titles = ", ".join(collection.title for collection in collections)
    sale = Sale(
        name=_("Weekend offer: %(titles)s") % {"titles": titles} if titles else _("Weekend offer"),
        value=20,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    sale.name = str(sale.name)[:120]
    sale.collections = collections
    products = Product.objects.filter(pk__in=product_ids).order_by("title")
    sale.chosen = [SaleProduct(product=product) for product in products]
    return sale


def find_weekend(now: datetime) -> tuple[datetime, datetime]:
    """From Saturday to the end of Sunday; on a weekend from its Saturday on."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    saturday = today + timedelta(days=(SATURDAY - now.weekday()) % 7)
    if now.weekday() > SATURDAY:
        saturday = today - timedelta(days=1)
    return saturday, saturday + timedelta(days=2)


class SaleViewSet(SnippetViewSet):
    model = Sale
    icon = "tag"
    menu_label = _("Sales")
    add_view_class = SaleCreateView
    edit_view_class = SaleEditView
    list_display = ["name", "offer", "starts_at", "ends_at", LiveStatusTagColumn()]
    list_filter = ["live", "kind"]
    search_fields = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldRowPanel([FieldPanel("kind"), FieldPanel("value")])],
                heading=_("Offer"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
                heading=_("When prices change"),
                help_text=_(
                    "To the moment, once the sale is published. Publish it early, or schedule that: "
                    "until its start nobody sees it."
                ),
            ),
            MultipleChooserPanel(
                "chosen",
                chooser_field_name="product",
                heading=_("Products"),
                label=_("Product"),
                help_text=_("A product means its sizes and colours too."),
            ),
            FieldPanel("collections", widget=forms.CheckboxSelectMultiple),
            FieldPanel("tags", widget=forms.CheckboxSelectMultiple),
            FieldPanel("covers_everything"),
            OverlapPanel(heading=_("Other sales of the same products")),
            PublishingPanel(),
        ],
        base_form_class=SaleForm,
    )
