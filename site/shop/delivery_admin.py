"""Delivery in Wagtail's admin: zones, methods, and what a method costs in a zone."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from shop.delivery_forms import RateForm, ZoneForm
from shop.delivery_overlaps import find_overlaps
from shop.models import ShippingMethod, ShippingRate, ShippingZone


class OverlapWarning:
    """Says after saving which other zones this one meets."""

    def run_after_hook(self):
        for overlap in find_overlaps(ShippingZone.objects.get(pk=self.object.pk)):
            messages.warning(self.request, str(overlap))
        return super().run_after_hook()


class ZoneCreateView(OverlapWarning, CreateView):
    pass


class ZoneEditView(OverlapWarning, EditView):
    pass


class ShippingZoneViewSet(SnippetViewSet):
    model = ShippingZone
    icon = "globe"
    menu_label = _("Delivery zones")
    add_view_class = ZoneCreateView
    edit_view_class = ZoneEditView
    list_display = ["name", "places", "delivers", "takes_cash"]
    search_fields = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "The most specific zone decides for an address: a PIN range, the narrowest first, then "
                    "the state, then the country. While there is no charge at all, delivery is free."
                )
            ),
            FieldPanel("name"),
            FieldPanel("delivers"),
            InlinePanel(
                "pin_ranges",
                [FieldRowPanel([FieldPanel("first"), FieldPanel("last")])],
                heading=_("PIN ranges"),
                label=_("PIN range"),
                help_text=_("Six digits each; the same code twice for a single one."),
            ),
            FieldPanel("states"),
            FieldPanel("countries"),
            MultiFieldPanel(
                [
                    FieldPanel("takes_cash"),
                    FieldRowPanel([FieldPanel("cash_fee"), FieldPanel("cash_cap")]),
                ],
                heading=_("Cash on delivery"),
            ),
        ],
        base_form_class=ZoneForm,
    )


class ShippingMethodViewSet(SnippetViewSet):
    model = ShippingMethod
    icon = "arrow-right"
    menu_label = _("Delivery methods")
    list_display = ["name", "slug", "days_min", "days_max", "is_active", "position"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel(
                [FieldPanel("days_min"), FieldPanel("days_max")],
                heading=_("Days from the order to the door"),
            ),
            FieldPanel("is_active"),
            FieldPanel("position"),
            FieldPanel("slug"),
        ]
    )


class ShippingRateViewSet(SnippetViewSet):
    model = ShippingRate
    icon = "tag"
    menu_label = _("Delivery charges")
    list_display = ["method", "zone", "kind", "charge", "free_from"]
    list_filter = ["method", "zone"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("method"), FieldPanel("zone")]),
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("charge"), FieldPanel("free_from")]),
            InlinePanel(
                "bands",
                [FieldRowPanel([FieldPanel("starts_from"), FieldPanel("charge")])],
                heading=_("Bands, where it is charged by value or by weight"),
                label=_("Band"),
                help_text=_("From so many rupees of goods, or so many grams, on, the delivery costs this."),
            ),
        ],
        base_form_class=RateForm,
    )


DELIVERY_VIEWSETS = (ShippingZoneViewSet, ShippingMethodViewSet, ShippingRateViewSet)
