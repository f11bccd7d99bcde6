"""What staff do to orders, in Wagtail's admin: each view asks for the right it needs."""

from django.urls import path

from checkout.views import (
    desk_documents,
    desk_exports,
    desk_orders,
    desk_parcels,
    desk_phone,
    desk_returns,
    desk_webhooks,
    marketing,
    trials,
)

urlpatterns = [
    path("orders/<int:order_id>/refund/", desk_orders.refund, name="desk_refund"),
    path("orders/<int:order_id>/cancel/", desk_orders.cancel, name="desk_cancel"),
    path("orders/<int:order_id>/send/", desk_parcels.send, name="desk_send"),
    path("orders/<int:order_id>/cash/", desk_parcels.take_cash, name="desk_take_cash"),
    path("orders/<int:order_id>/take-back/", desk_parcels.take_back, name="desk_take_back"),
    path("orders/<int:order_id>/ask/", desk_orders.ask_razorpay, name="desk_ask_razorpay"),
    path("orders/export/orders.<slug:kind>", desk_exports.orders, name="desk_export_orders"),
    path("orders/export/customers.<slug:kind>", desk_exports.customers, name="desk_export_customers"),
    path("orders/new/", desk_phone.enter_order, name="desk_phone_order"),
    path("prices/try/", trials.show_trial, name="try_prices"),
    path("returns/<int:return_id>/answer/", desk_returns.answer, name="desk_answer_return"),
    path("returns/<int:return_id>/receive/", desk_returns.receive, name="desk_receive_return"),
    path("invoices/<int:document_id>/pdf/", desk_documents.show_invoice, name="desk_invoice"),
    path(
        "credit-notes/<int:document_id>/pdf/",
        desk_documents.show_credit_note,
        name="desk_credit_note",
    ),
    path("mails/marketing/", marketing.show_marketing, name="mail_marketing"),
    path("concerns/<int:concern_id>/settle/", desk_orders.settle, name="desk_settle"),
    path("webhooks/<int:webhook_id>/retry/", desk_webhooks.retry, name="desk_retry_webhook"),
    path("webhooks/<int:webhook_id>/set-aside/", desk_webhooks.set_aside, name="desk_set_webhook_aside"),
]
