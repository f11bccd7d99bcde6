"""Coupons in Wagtail's admin, under "Prices"."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from shop.coupon_forms import CouponForm
from shop.models import Coupon, TierSettings
from shop.views import batches

PRICES_MENU = "register_prices_menu_item"


class DeleteUnusedCoupon(DeleteView):
    """A coupon that an order has, or had, stays: it can be switched off."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            sentence = _("%(code)s stands in orders: switch it off instead.")
            messages.error(self.request, sentence % {"code": self.object})
            return redirect(self.index_url_name)


class CouponIndexView(IndexView):
    """With what each is about, loaded by two queries for all."""

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("products", "collections")


class CouponViewSet(ModelViewSet):
    model = Coupon
    icon = "tag"
    menu_label = _("Coupons")
    menu_hook = PRICES_MENU
    menu_order = 20
    index_view_class = CouponIndexView
    delete_view_class = DeleteUnusedCoupon
    copy_view_enabled = False
    list_display = [
        "code",
        Column("offer", label=_("What it does")),
        Column("scope", label=_("For what")),
        Column("used", label=_("Used")),
        "uses_limit",
        "ends_at",
        BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
    ]
    list_filter = ["is_active", "kind", "batch"]
    search_fields = ["code", "note"]
    ordering = ["batch_id", "-id"]  # the codes of batches last: there may be thousands

    def get_form_class(self, for_update=False):
        return CouponForm


class PermittedItem(MenuItem):
    """An entry of the menu for those who have a permission."""

    def __init__(self, *args, permission: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request) -> bool:
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_viewset")
def register_coupons():
    return CouponViewSet("coupons")


@hooks.register("register_admin_urls")
def register_batch_urls():
    return [
        path("coupon-batches/", batches.list_batches, name="coupon_batches"),
        path("coupon-batches/add/", batches.add_batch, name="coupon_batch_add"),
        path("coupon-batches/<int:batch_id>/", batches.show_batch, name="coupon_batch"),
        path("coupon-batches/<int:batch_id>/edit/", batches.edit_batch, name="coupon_batch_edit"),
        path("coupon-batches/<int:batch_id>/switch/", batches.switch, name="coupon_batch_switch"),
        path("coupon-batches/<int:batch_id>/codes.csv", batches.download_codes, name="coupon_batch_codes"),
    ]


@hooks.register(PRICES_MENU)
def add_batches_to_menu():
    return PermittedItem(
        _("Batches of coupons"),
        reverse("coupon_batches"),
        icon_name="list-ul",
        order=30,
        permission="shop.view_coupon",
    )


@hooks.register(PRICES_MENU)
def add_tiers_to_menu():
    return PermittedItem(
        _("Member discounts"),
        reverse("wagtailsettings:edit", args=[TierSettings._meta.app_label, TierSettings._meta.model_name]),  # noqa: SLF001
        icon_name="group",
        order=40,
        permission="shop.change_tiersettings",
    )
