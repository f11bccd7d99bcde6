from .cart import Cart, CartItem
from .order import Order, OrderItem, OrderTransition
from .payment import Payment, PaymentIntent, Refund, WebhookEvent

__all__ = [
    "Cart",
    "CartItem",
    "Order",
    "OrderItem",
    "OrderTransition",
    "Payment",
    "PaymentIntent",
    "Refund",
    "WebhookEvent",
]
