"""Sales in Wagtail's admin: the form, its hints about other sales, the list."""

from django import forms
from django.contrib import messages
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
from shop.models import Sale
from shop.sale_overlaps import find_overlaps


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
    pass


class SaleEditView(OverlapWarning, EditView):
    pass


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
