"""Filters on carts, orders and payments."""

from datetime import datetime, timedelta

from django.db import models

from checkout.enums import IntentStatus, OrderStatus, RefundStatus, WebhookStatus


class CartQuerySet(models.QuerySet):
    def unowned(self):
        """Carts of nobody: whoever knows the id may use them."""
        return self.filter(customer=None)

    def reachable_by(self, customer_id: int | None):
        """Unowned carts, and the caller's own."""
        mine = models.Q(customer=None)
        if customer_id is not None:
            mine |= models.Q(customer_id=customer_id)
        return self.filter(mine)

    def abandoned(self, now: datetime, age: timedelta):
        return self.filter(updated_at__lt=now - age)


class OrderQuerySet(models.QuerySet):
    def visible(self):
        """Not hidden by the API's DELETE, which cancels and keeps the row."""
        return self.filter(hidden_at=None)

    def unpaid(self):
        return self.filter(status=OrderStatus.PLACED)

    def overdue(self, now: datetime):
        """Unpaid orders whose hold has ended."""
        return self.unpaid().filter(expires_at__lte=now).order_by("expires_at")


class PaymentIntentQuerySet(models.QuerySet):
    def open(self):
        """Intents that can still be paid."""
        return self.filter(status__in=(IntentStatus.CREATED, IntentStatus.ATTEMPTED))

    def at_gateway(self):
        """Intents that Razorpay has given an id."""
        return self.exclude(razorpay_order_id=None)


class RefundQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(status=RefundStatus.PENDING)


class WebhookEventQuerySet(models.QuerySet):
    def unprocessed(self):
        return self.filter(status=WebhookStatus.RECEIVED).order_by("id")
