from .cart import Cart, CartItem
from .concern import Concern
from .order import Order, OrderItem, OrderTransition
from .payment import Payment, PaymentIntent
from .refund import Refund, RefundLine
from .report import Dispute, WebhookEvent
from .returns import ReturnLine, ReturnRequest, ReturnTransition

__all__ = [
    "Cart",
    "CartItem",
    "Concern",
    "Dispute",
    "Order",
    "OrderItem",
    "OrderTransition",
    "Payment",
    "PaymentIntent",
    "Refund",
    "RefundLine",
    "ReturnLine",
    "ReturnRequest",
    "ReturnTransition",
    "WebhookEvent",
]
