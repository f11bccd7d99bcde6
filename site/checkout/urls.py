from django.urls import path

from checkout.views import aftercare, cart, checkout, coupons, documents, orders, payments, restore

urlpatterns = [
    path("cart/", cart.show_cart_page, name="cart"),
    path("cart/restore/<str:token>/", restore.restore, name="cart_restore"),
    path("cart/summary/", cart.summarise_cart, name="cart_summary"),
    path("cart/add/", cart.add, name="cart_add"),
    path("cart/items/<int:item_id>/", cart.change, name="cart_change"),
    path("cart/items/<int:item_id>/remove/", cart.remove, name="cart_remove"),
    path("cart/coupon/", coupons.change_coupon, name="cart_coupon"),
    path("checkout/", checkout.check_out, name="checkout"),
    path("account/", orders.show_account, name="account"),
    path("account/orders/", orders.show_orders, name="orders"),
    path("account/orders/<int:order_id>/", orders.show_own_order, name="order"),
    path("account/orders/<int:order_id>/pay/", payments.start_payment, name="order_pay"),
    path("account/orders/<int:order_id>/verify/", payments.verify, name="order_verify"),
    path("account/orders/<int:order_id>/status/", payments.tell_status, name="order_status"),
    path("account/orders/<int:order_id>/cancel/", aftercare.cancel, name="order_cancel"),
    path("account/orders/<int:order_id>/return/", aftercare.send_back, name="order_return"),
    path("account/orders/<int:order_id>/invoice/", documents.download_invoice, name="order_invoice"),
    path(
        "account/orders/<int:order_id>/credit-notes/<int:note_id>/",
        documents.download_credit_note,
        name="order_credit_note",
    ),
    path("order/<str:token>/invoice/", documents.download_invoice, name="guest_order_invoice"),
    path(
        "order/<str:token>/credit-notes/<int:note_id>/",
        documents.download_credit_note,
        name="guest_order_credit_note",
    ),
    path("order/<str:token>/", orders.show_guest_order, name="guest_order"),
    path("order/<str:token>/pay/", payments.start_payment, name="guest_order_pay"),
    path("order/<str:token>/verify/", payments.verify, name="guest_order_verify"),
    path("order/<str:token>/cancel/", aftercare.cancel, name="guest_order_cancel"),
    path("order/<str:token>/return/", aftercare.send_back, name="guest_order_return"),
    path("order/<str:token>/status/", payments.tell_status, name="guest_order_status"),
]
