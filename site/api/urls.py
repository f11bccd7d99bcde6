"""The routes of the contract."""

from django.urls import include, path, re_path, register_converter
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from api.converters import UUIDConverter
from api.views import (
    carts,
    customers,
    images,
    invoices,
    likes,
    orders,
    payments,
    quotes,
    refunds,
    reviews,
    tokens,
    users,
)
from api.views.collections import CollectionViewSet
from api.views.content import DraftView, SettingsView, content_router
from api.views.nothing import NothingHereView
from api.views.payment_test import show_payment_test
from api.views.products import ProductViewSet

register_converter(UUIDConverter, "any_uuid")

router = SimpleRouter()
router.register("products", ProductViewSet, basename="api-product")
router.register("collections", CollectionViewSet, basename="api-collection")

auth_patterns = [
    path("users/", users.UsersView.as_view(), name="api-users"),
    path("users/me/", users.MeView.as_view(), name="api-me"),
    path("users/set_password/", users.SetPasswordView.as_view(), name="api-set-password"),
    path("users/reset_password/", users.ResetPasswordView.as_view(), name="api-reset-password"),
    path("users/reset_password_confirm/", users.ConfirmResetView.as_view(), name="api-confirm-reset"),
    path("jwt/create/", tokens.CreateTokenView.as_view(), name="api-jwt-create"),
    path("jwt/refresh/", tokens.RefreshTokenView.as_view(), name="api-jwt-refresh"),
    path("jwt/verify/", tokens.VerifyTokenView.as_view(), name="api-jwt-verify"),
    path("jwt/logout/", tokens.LogoutView.as_view(), name="api-jwt-logout"),
]

store_patterns = [
    path("", include(router.urls)),
    path("products/<int:product_id>/reviews/", reviews.ReviewsView.as_view(), name="api-reviews"),
    path(
        "products/<int:product_id>/reviews/<int:review_id>/",
        reviews.ReviewView.as_view(),
        name="api-review",
    ),
    path("products/<int:product_id>/images/", images.ImagesView.as_view(), name="api-images"),
    path("products/<int:product_id>/images/<int:image_id>/", images.ImageView.as_view(), name="api-image"),
    path("products/<int:product_id>/likes/", likes.LikeView.as_view(), name="api-like"),
    path("likes/", likes.LikesView.as_view(), name="api-likes"),
    path("carts/", carts.CartsView.as_view(), name="api-carts"),
    path("carts/mine/", carts.MyCartView.as_view(), name="api-my-cart"),
    path("carts/mine/merge/", carts.MergeCartView.as_view(), name="api-merge-cart"),
    path("carts/<any_uuid:cart_id>/", carts.CartView.as_view(), name="api-cart"),
    path("carts/<any_uuid:cart_id>/quote/", quotes.QuoteView.as_view(), name="api-quote"),
    path("carts/<any_uuid:cart_id>/items/", carts.CartItemsView.as_view(), name="api-cart-items"),
    path("carts/<any_uuid:cart_id>/items/<int:item_id>/", carts.CartItemView.as_view(), name="api-cart-item"),
    path("customers/", customers.CustomersView.as_view(), name="api-customers"),
    path("customers/me/", customers.MyCustomerView.as_view(), name="api-my-customer"),
    path("customers/me/addresses/", customers.AddressesView.as_view(), name="api-addresses"),
    path("customers/me/addresses/<int:pk>/", customers.AddressView.as_view(), name="api-address"),
    path("customers/<int:pk>/", customers.CustomerView.as_view(), name="api-customer"),
    path("customers/<int:pk>/history/", customers.CustomerHistoryView.as_view(), name="api-history"),
    path("payment-test/", show_payment_test, name="payment-test"),
    path("orders/", orders.OrdersView.as_view(), name="api-orders"),
    path("orders/<int:order_id>/", orders.OrderView.as_view(), name="api-order"),
    path("orders/<int:order_id>/cancel/", orders.CancelOrderView.as_view(), name="api-cancel-order"),
    path("orders/<int:order_id>/invoice/", invoices.InvoiceView.as_view(), name="api-invoice"),
    path("orders/<int:order_id>/refunds/", refunds.RefundsView.as_view(), name="api-refunds"),
    path("guest-orders/", orders.GuestOrdersView.as_view(), name="api-guest-orders"),
    path("guest-orders/<str:token>/", orders.GuestOrderView.as_view(), name="api-guest-order"),
]

payment_patterns = [
    path("create-payment-intent/", payments.OpenPaymentView.as_view(), name="api-open-payment"),
    path("verify-payment/", payments.VerifyPaymentView.as_view(), name="api-verify-payment"),
    path("status/<int:order_id>/", payments.PaymentStatusView.as_view(), name="api-payment-status"),
    path("webhook/", payments.WebhookView.as_view(), name="api-webhook"),
]

urlpatterns = [
    path("auth/", include(auth_patterns)),
    path("store/", include(store_patterns)),
    path("payments/", include(payment_patterns)),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="api-schema"),
    path(
        "api/docs/",
        SpectacularSwaggerView.as_view(
            url_name="api-schema", permission_classes=[AllowAny], authentication_classes=[]
        ),
        name="api-docs",
    ),
    path("api/settings/", SettingsView.as_view(), name="api-settings"),
    path(
        "api/drafts/<str:token>/",
        content_router.wrap_view(DraftView.as_view({"get": "draft_view"})),
        name="api-draft",
    ),
    path("api/", content_router.urls),
    # Last: what none of them takes is no page of the shop either.
    re_path(r"^(?:auth|store|payments|api)/", NothingHereView.as_view(), name="api-nothing"),
]
