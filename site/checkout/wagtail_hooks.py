"""Orders, payments and what the gateway reported, in Wagtail's admin: to read, find and export, never to delete."""

from django.contrib.admin.filters import EmptyFieldListFilter
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from checkout import desk_urls
from checkout.choosers import customer_chooser, product_chooser
from checkout.mail_admin import MailsGroup
from checkout.models import (
    Concern,
    CreditNote,
    Dispute,
    Invoice,
    Order,
    Payment,
    Refund,
    ReturnRequest,
    WebhookEvent,
)
from checkout.panels import WaitingPanel
from checkout.records import RecordAdmin
from checkout.services.parked_webhooks import RETRIED, SET_ASIDE
from checkout.views import trials


class OrderAdmin(RecordAdmin):
    model = Order
    index_template_name = "checkout/admin/order_index.html"
    menu_icon = "list-ol"
    list_display = ("number", "placed_at", "name", "email", "status", "payment_method", "total")
    list_filter = ("status", "payment_method", "placed_at")
    search_fields = ("id", "name", "email", "phone", "items__sku", "payments__provider_id", "coupon_code")
    inspect_template_name = "checkout/admin/inspect_order.html"
    inspect_view_fields = (
        "number",
        "status",
        "placed_at",
        "expires_at",
        "paid_at",
        "name",
        "email",
        "phone",
        "line1",
        "line2",
        "city",
        "state",
        "postal_code",
        "company",
        "gstin",
        "note",
        "payment_method",
        "shipping_method",
        "deliver_by",
        "subtotal",
        "shipping",
        "surcharge",
        "discount",
        "tier_discount",
        "coupon_code",
        "coupon_discount",
        "tax",
        "total",
    )

    @staticmethod
    def number(order: Order) -> str:
        return f"#{order.number}"


class PaymentAdmin(RecordAdmin):
    model = Payment
    menu_icon = "tick"
    list_display = ("provider_id", "order", "status", "effect", "method", "amount", "created_at")
    list_filter = ("status", "effect")
    list_select_related = ("order",)
    search_fields = ("provider_id", "order__email")


class RefundAdmin(RecordAdmin):
    model = Refund
    menu_icon = "undo"
    list_display = ("key", "payment", "amount", "status", "reason", "created_at")
    list_filter = ("status",)
    list_select_related = ("payment",)
    search_fields = ("key", "payment__provider_id")


class ReturnRequestAdmin(RecordAdmin):
    model = ReturnRequest
    menu_label = _("Returns")
    menu_icon = "undo"
    list_display = ("order", "status", "reason", "created_at")
    list_filter = ("status",)
    list_select_related = ("order",)
    search_fields = ("order__id", "order__email", "reason")
    inspect_template_name = "checkout/admin/inspect_return.html"


class InvoiceAdmin(RecordAdmin):
    model = Invoice
    menu_icon = "doc-full"
    list_display = ("number", "issued_on", "order", "buyer_name", "buyer_gstin", "kind", "total")
    list_filter = ("kind", "issued_on")
    list_select_related = ("order",)
    search_fields = ("number", "order__id", "buyer_name", "buyer_company", "buyer_gstin")
    inspect_template_name = "checkout/admin/inspect_document.html"


class CreditNoteAdmin(RecordAdmin):
    model = CreditNote
    menu_icon = "doc-empty"
    list_display = ("number", "issued_on", "invoice", "buyer_name", "reason", "total")
    list_filter = ("issued_on",)
    list_select_related = ("invoice",)
    search_fields = ("number", "invoice__number", "buyer_name", "buyer_company", "buyer_gstin")
    inspect_template_name = "checkout/admin/inspect_document.html"


class DisputeAdmin(RecordAdmin):
    model = Dispute
    menu_icon = "warning"
    list_display = ("razorpay_dispute_id", "payment", "status", "phase", "amount", "respond_by")
    list_filter = ("status", "phase")
    list_select_related = ("payment",)
    search_fields = ("razorpay_dispute_id", "payment__provider_id")


class ConcernAdmin(RecordAdmin):
    """What waits for staff, the newest first."""

    model = Concern
    menu_icon = "warning"
    list_display = ("text", "order", "opened_at", "settled_at", "settled_by")
    list_filter = (("settled_at", EmptyFieldListFilter),)
    list_select_related = ("order", "settled_by")
    search_fields = ("subject", "text")
    inspect_template_name = "checkout/admin/inspect_concern.html"


class WebhookEventAdmin(RecordAdmin):
    model = WebhookEvent
    menu_icon = "code"
    list_display = ("event_id", "name", "status", "why", "received_at")
    list_filter = ("status", "name")
    search_fields = ("event_id", "body")
    inspect_template_name = "checkout/admin/inspect_webhook.html"
    inspect_view_fields_exclude = ("id",)


class OrdersGroup(ModelAdminGroup):
    menu_label = _("Orders")
    menu_icon = "list-ol"
    menu_order = 150
    items = (
        OrderAdmin,
        ConcernAdmin,
        ReturnRequestAdmin,
        PaymentAdmin,
        RefundAdmin,
        InvoiceAdmin,
        CreditNoteAdmin,
        DisputeAdmin,
        WebhookEventAdmin,
    )


modeladmin_register(OrdersGroup)
modeladmin_register(MailsGroup)


@hooks.register("register_admin_urls")
def register_desk_urls():
    return desk_urls.urlpatterns


@hooks.register("register_log_actions")
def register_webhook_actions(actions) -> None:
    actions.register_action(RETRIED, _("Try again"), _("Tried again"))
    actions.register_action(SET_ASIDE, _("Set aside"), _("Set aside"))


class TryPricesItem(MenuItem):
    def is_shown(self, request) -> bool:
        return trials.may_try_prices(request.user)


@hooks.register("register_prices_menu_item")
def add_try_prices_to_menu():
    return TryPricesItem(_("Try prices"), reverse("try_prices"), icon_name="view", order=90)


@hooks.register("register_admin_viewset")
def register_choosers():
    return [customer_chooser, product_chooser]


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    panels.append(WaitingPanel())
