"""Background work of carts, orders and payments. Each task calls one service; the sweeps find what was lost."""

import logging

from celery import shared_task

from checkout.gateways.razorpay import GatewayUnavailable
from checkout.models import Refund, WebhookEvent
from checkout.services import carts, expiry, refunds, webhooks

logger = logging.getLogger(__name__)

SWEEP_SIZE = 200


@shared_task(name="checkout.carts.remove_abandoned_carts")
def remove_abandoned_carts() -> None:
    carts.remove_abandoned_carts()


@shared_task(name="checkout.orders.expire_due_orders")
def expire_due_orders() -> None:
    expiry.expire_due_orders()


@shared_task(name="checkout.payments.process_webhook")
def process_webhook(event_id: str) -> None:
    try:
        webhooks.process_webhook(event_id=event_id)
    except GatewayUnavailable as error:
        logger.warning("Webhook %s waits for the sweep: %s", event_id, error)


@shared_task(name="checkout.payments.sweep_webhooks")
def sweep_webhooks() -> None:
    for event_id in list(WebhookEvent.objects.unprocessed().values_list("event_id", flat=True)[:SWEEP_SIZE]):
        process_webhook(event_id)


@shared_task(name="checkout.payments.send_refund")
def send_refund(refund_id: int) -> None:
    refunds.send_refund(refund_id=refund_id)


@shared_task(name="checkout.payments.sweep_refunds")
def sweep_refunds() -> None:
    for refund_id in list(Refund.objects.pending().values_list("pk", flat=True)[:SWEEP_SIZE]):
        refunds.send_refund(refund_id=refund_id)
