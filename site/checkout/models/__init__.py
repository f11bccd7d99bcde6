from .cart import Cart, CartItem
from .concern import Concern
from .coupon_use import CouponUse
from .document import DocumentSeries
from .frozen import RowIsFrozen
from .invoice import CreditNote, CreditNoteLine, Invoice, InvoiceLine, StoredFile
from .order import Order, OrderTransition
from .order_item import OrderItem
from .order_settings import OrderSettings
from .payment import Payment, PaymentIntent
from .refund import Refund, RefundLine
from .reminder import CartReminder
from .report import Dispute, WebhookEvent
from .returns import ReturnLine, ReturnRequest, ReturnTransition
from .shipment import Shipment, ShipmentLine

__all__ = [
    "Cart",
    "CartItem",
    "CartReminder",
    "Concern",
    "CouponUse",
    "CreditNote",
    "CreditNoteLine",
    "Dispute",
    "DocumentSeries",
    "Invoice",
    "InvoiceLine",
    "Order",
    "OrderItem",
    "OrderSettings",
    "OrderTransition",
    "Payment",
    "PaymentIntent",
    "Refund",
    "RefundLine",
    "ReturnLine",
    "ReturnRequest",
    "ReturnTransition",
    "RowIsFrozen",
    "Shipment",
    "ShipmentLine",
    "StoredFile",
    "WebhookEvent",
]
