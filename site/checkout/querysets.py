"""Filters on carts, orders and payments."""

from datetime import datetime, timedelta

from django.db import models

from checkout.enums import (
    IntentStatus,
    OrderPaymentMethod,
    OrderStatus,
    PaymentEffect,
    RefundStatus,
    ReturnStatus,
    WebhookStatus,
)


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
    def of_buyer(self, *, customer_id: int | None, email: str):
        """What this customer ordered, or whoever gave this address, in whatever case."""
        mine = models.Q(email__iexact=email) if email else models.Q(pk=None)
        if customer_id is not None:
            mine |= models.Q(customer_id=customer_id)
        return self.filter(mine)

    def standing(self):
        """Neither expired nor cancelled."""
        return self.exclude(status__in=(OrderStatus.EXPIRED, OrderStatus.CANCELLED))

    def visible(self):
        """Not hidden by the API's DELETE, which cancels and keeps the row."""
        return self.filter(hidden_at=None)

    def unpaid(self):
        return self.filter(status=OrderStatus.PLACED)

    def to_send(self):
        """What staff pack next: paid, or to be paid at the door."""
        cash = models.Q(status=OrderStatus.PLACED, payment_method=OrderPaymentMethod.CASH)
        return self.filter(models.Q(status=OrderStatus.PAID) | cash)

    def sent_before(self, moment: datetime):
        """Paid orders that left before a moment and are taken for on their way."""
        sent = self.filter(status=OrderStatus.FULFILLED).exclude(paid_at=None)
        return sent.filter(
            transitions__to_status=OrderStatus.FULFILLED, transitions__at__lte=moment
        ).order_by("pk")

    def overdue(self, now: datetime):
        """Unpaid orders whose hold has ended; those that nobody tried to end yet, or longest ago, first."""
        return (
            self.unpaid()
            .filter(expires_at__lte=now)
            .order_by(models.F("expiry_tried_at").asc(nulls_first=True), "expires_at")
        )

    def unsent_cash(self, before: datetime):
        """Cash on delivery that was placed before a moment and still waits to be sent."""
        return (
            self.unpaid().filter(payment_method=OrderPaymentMethod.CASH, placed_at__lte=before).order_by("pk")
        )


class CouponUseQuerySet(models.QuerySet):
    def held(self):
        """Uses of orders that still have them: neither expired nor cancelled."""
        return self.filter(released_at=None)


class PaymentIntentQuerySet(models.QuerySet):
    def open(self):
        """Intents that can still be paid: a payment that failed may be tried again."""
        return self.exclude(status__in=(IntentStatus.PAID, IntentStatus.CANCELLED))

    def at_gateway(self):
        """Intents that Razorpay has given an id."""
        return self.exclude(razorpay_order_id=None)

    def due(self, now: datetime):
        """Intents that Razorpay knows and should be asked about, the longest waiting first."""
        return self.at_gateway().filter(next_check_at__lte=now).order_by("next_check_at", "pk")


class PaymentQuerySet(models.QuerySet):
    def captured(self):
        return self.exclude(captured_at=None)

    def applied(self):
        """The payments that paid their orders."""
        return self.filter(effect=PaymentEffect.APPLIED)


class RefundQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(status=RefundStatus.PENDING)

    def standing(self):
        """On their way or done: what counts against the captured money."""
        return self.exclude(status=RefundStatus.FAILED)

    def unsettled(self):
        """What Razorpay may still decide: pending ones, and those we gave up without an answer of its own."""
        given_up = models.Q(status=RefundStatus.FAILED, razorpay_refund_id=None)
        return self.filter(models.Q(status=RefundStatus.PENDING) | given_up)

    def due(self, now: datetime):
        return self.pending().filter(next_try_at__lte=now).order_by("next_try_at", "pk")


class WebhookEventQuerySet(models.QuerySet):
    def unprocessed(self):
        return self.filter(status=WebhookStatus.RECEIVED).order_by("id")

    def due(self, now: datetime):
        return self.filter(status=WebhookStatus.RECEIVED, next_try_at__lte=now).order_by("next_try_at", "id")

    def parked(self):
        """What could not take effect, and nobody has looked at."""
        return self.filter(status=WebhookStatus.PARKED)


class ConcernQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)


class ReturnRequestQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(status=ReturnStatus.REQUESTED)
