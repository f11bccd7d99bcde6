"""Asks Razorpay about one order now, and repairs what webhooks missed; for support."""

from django.core.management.base import BaseCommand, CommandError

from checkout.gateways.razorpay import GatewayError
from checkout.models import Order
from checkout.services.reconciliation import reconcile_order
from database.transactions import Busy


class Command(BaseCommand):
    help = "Ask Razorpay about an order's payments and refunds now, whatever their age."

    def add_arguments(self, parser) -> None:
        parser.add_argument("number", help="The order's number, with or without #.")

    def handle(self, *args, **options) -> None:
        number = options["number"].removeprefix("#")
        before = Order.objects.filter(pk=number).first() if number.isdecimal() else None
        if before is None:
            raise CommandError(f"There is no order {options['number']}.")
        try:
            order = reconcile_order(order_id=before.pk)
        except (GatewayError, Busy) as error:
            raise CommandError(f"Order #{before.number} could not be reconciled: {error}") from error
        self.describe(order, before=before.status)

    def describe(self, order: Order, *, before: str) -> None:
        change = order.status if order.status == before else f"{before} → {order.status}"
        self.stdout.write(f"Order #{order.number}: {change}, total {order.total}")
        for payment in order.payments.prefetch_related("refunds"):
            self.stdout.write(f"  {payment.provider_id}: {payment.amount} {payment.status} {payment.effect}")
            for refund in payment.refunds.all():
                self.stdout.write(f"    {refund.key}: {refund.amount} {refund.status} {refund.last_error}")
