"""How each refusal of the shop leaves the API: its status, its stable word, and the field it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.services.attempts import TooManyAttempts
from accounts.services.customers import CustomerExists, CustomerHasOrders
from accounts.services.passwords import InvalidResetLink
from accounts.services.users import EmailTaken, UsernameTaken
from api.services.idempotency import KeyInFlight, KeyOfAnotherRequest
from checkout.attempts import TooManyCoupons
from checkout.gateways.razorpay import GatewayError, GatewayUnavailable
from checkout.services.carts import CartItemNotFound, CartNotFound, ProductNotSold, QuantityTooLarge
from checkout.services.coupons import CouponRefused
from checkout.services.delivery import CashRefused, DeliveryUnknown, NotDeliverable
from checkout.services.documents import DocumentDamaged
from checkout.services.intents import AlreadyPaid, IntentNotFound, InvalidSignature, OrderEnded, PaidInCash
from checkout.services.orders import CartEmpty, OrderTooLarge, OrderTooSmall, TooManyUnpaid
from checkout.services.payments import UnknownPayment
from checkout.services.refunds import RefundExceedsCaptured, RefundRefused
from checkout.services.staff import OrderTookMoney
from checkout.services.transitions import TransitionRefused
from checkout.services.webhooks import InvalidWebhook, WebhooksNotConfigured
from database.transactions import Busy
from pages.services.collections import CollectionNotEmpty
from pages.services.products import ProductOrdered
from shop.models import Collection, Product, ProductImage, Review
from shop.services.stock import OutOfStock, Unavailable
from shop.uploads import PictureRefused

# One answer for every coupon that does not hold: a program that guesses learns nothing from it.
COUPON_INVALID = "This coupon cannot be used for this order."
NON_FIELD = "non_field_errors"
INTENT_NOT_FOUND = "Payment intent not found"


@dataclass(frozen=True)
class Rule:
    """With a `field` it is a 400 of that field. `details` are computed from the exception, and so is `wait_of`.

    Waits are in seconds.
    """

    status: int = 400
    code: str = "invalid"
    sentence: str = ""
    field: str = ""
    wait: int | None = None
    details: Callable[[Any], dict[str, Any]] = lambda error: {}
    wait_of: Callable[[Any], int] | None = None

    def sentence_of(self, error: Exception) -> str:
        return self.sentence or str(error)

    def seconds_of(self, error: Exception) -> int | None:
        return self.wait_of(error) if self.wait_of else self.wait


def list_shortages(error: OutOfStock) -> dict[str, Any]:
    return {"items": [vars(shortage) for shortage in error.shortages]}


def list_gone(error: Unavailable) -> dict[str, Any]:
    return {"items": [{"product_id": product_id} for product_id in error.product_ids]}


RULES: dict[type[Exception], Rule] = {
    UsernameTaken: Rule(field="username", sentence="A user with that username already exists."),
    EmailTaken: Rule(field="email", sentence="user with this email already exists."),
    InvalidResetLink: Rule(field="token"),
    TooManyAttempts: Rule(429, "throttled", wait_of=lambda error: error.wait),
    CustomerExists: Rule(field="user_id"),
    CustomerHasOrders: Rule(409, "customer_has_orders"),
    Product.DoesNotExist: Rule(404, "not_found", "No Product matches the given query."),
    ProductOrdered: Rule(
        405, "product_ordered", "Product cannot be deleted because it is associated with an order item."
    ),
    Collection.DoesNotExist: Rule(404, "not_found", "No Collection matches the given query."),
    CollectionNotEmpty: Rule(
        405,
        "collection_not_empty",
        "Collection cannot be deleted because it includes one or more products.",
    ),
    Review.DoesNotExist: Rule(404, "not_found", "No Review matches the given query."),
    ProductImage.DoesNotExist: Rule(404, "not_found", "No ProductImage matches the given query."),
    CartNotFound: Rule(404, "not_found", "No Cart matches the given query."),
    CartItemNotFound: Rule(404, "not_found", "No CartItem matches the given query."),
    CartEmpty: Rule(field="cart_id"),
    CouponRefused: Rule(400, "coupon_invalid", COUPON_INVALID),
    TooManyCoupons: Rule(429, "throttled", wait=60),
    OrderTooLarge: Rule(field="cart_id"),
    OrderTooSmall: Rule(409, "total_too_small"),
    ProductNotSold: Rule(field="product_id", sentence="No product with the given ID was found"),
    QuantityTooLarge: Rule(field="quantity"),
    NotDeliverable: Rule(field="address"),
    DeliveryUnknown: Rule(field="delivery"),
    CashRefused: Rule(field="payment_method"),
    PaidInCash: Rule(field="order_id"),
    OutOfStock: Rule(409, "out_of_stock", details=list_shortages),
    Unavailable: Rule(409, "unavailable", details=list_gone),
    TooManyUnpaid: Rule(429, "too_many_unpaid", wait=60),
    TransitionRefused: Rule(409, "transition_refused"),
    OrderTookMoney: Rule(409, "order_paid"),
    RefundExceedsCaptured: Rule(409, "refund_exceeds_captured"),
    RefundRefused: Rule(field=NON_FIELD),
    AlreadyPaid: Rule(field="order_id"),
    OrderEnded: Rule(409, "order_ended"),
    IntentNotFound: Rule(field=NON_FIELD, sentence=INTENT_NOT_FOUND),
    UnknownPayment: Rule(field=NON_FIELD, sentence=INTENT_NOT_FOUND),
    InvalidSignature: Rule(field=NON_FIELD),
    InvalidWebhook: Rule(400, "invalid_signature"),
    WebhooksNotConfigured: Rule(503, "not_configured", "No webhook secret is set."),
    GatewayUnavailable: Rule(
        503,
        "gateway_unavailable",
        "The payment service cannot be reached right now. Please try again.",
        wait=5,
    ),
    GatewayError: Rule(
        503, "gateway_unavailable", "The payment service refused the request. Please try again.", wait=5
    ),
    KeyInFlight: Rule(409, "idempotency_in_flight", wait_of=lambda error: error.wait),
    KeyOfAnotherRequest: Rule(422, "idempotency_key_reused"),
    PictureRefused: Rule(field="image"),
    DocumentDamaged: Rule(503, "document_damaged", "The file cannot be had right now. Our staff see to it."),
    Busy: Rule(503, "busy", wait=2),
}


def find_rule(error: Exception) -> Rule | None:
    """The rule of the exception's own class, else of the nearest class it inherits from."""
    return next((RULES[kind] for kind in type(error).__mro__ if kind in RULES), None)
