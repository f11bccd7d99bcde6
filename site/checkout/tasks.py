"""Background work of carts, orders and payments. Each task calls one service; the sweeps find what was lost."""

from celery import shared_task
from django.utils import timezone

from checkout.services import (
    cart_reminders,
    carts,
    credit_notes,
    expiry,
    forgetting,
    fulfilment,
    invoices,
    low_stock,
    reconciliation,
    refund_reports,
    refund_sending,
    unsent_cash,
    webhooks,
)


@shared_task(name="checkout.carts.remove_abandoned_carts")
def remove_abandoned_carts() -> None:
    carts.remove_abandoned_carts()


@shared_task(name="checkout.carts.remind")
def remind_of_carts() -> None:
    cart_reminders.remind_of_carts(now=timezone.now())


@shared_task(name="checkout.stock.tell_of_low_stock")
def tell_of_low_stock() -> None:
    low_stock.tell_of_low_stock(now=timezone.now())


@shared_task(name="checkout.orders.expire_due_orders")
def expire_due_orders() -> None:
    expiry.expire_due_orders()


@shared_task(name="checkout.orders.follow_unsent_cash_orders")
def follow_unsent_cash_orders() -> None:
    unsent_cash.follow_unsent_cash_orders(now=timezone.now())


@shared_task(name="checkout.orders.complete_delivered_orders")
def complete_delivered_orders() -> None:
    fulfilment.complete_delivered_orders(now=timezone.now())


@shared_task(name="checkout.orders.anonymise_orders_of_deleted_accounts")
def anonymise_orders_of_deleted_accounts() -> None:
    forgetting.anonymise_orders_of_deleted_accounts()


@shared_task(name="checkout.payments.process_webhook")
def process_webhook(event_id: str) -> None:
    webhooks.process_webhook(event_id=event_id)


@shared_task(name="checkout.payments.sweep_webhooks")
def sweep_webhooks() -> None:
    webhooks.process_due_webhooks(now=timezone.now())


@shared_task(name="checkout.payments.sweep_intents")
def sweep_intents() -> None:
    reconciliation.reconcile_due_intents(now=timezone.now())


@shared_task(name="checkout.payments.send_refund")
def send_refund(refund_id: int) -> None:
    refund_sending.send_refund(refund_id=refund_id)


@shared_task(name="checkout.payments.sweep_refunds")
def sweep_refunds() -> None:
    refund_sending.send_due_refunds(now=timezone.now())


@shared_task(name="checkout.payments.collect_recent_refunds")
def collect_recent_refunds() -> None:
    refund_reports.collect_recent_refunds(now=timezone.now())


@shared_task(name="checkout.documents.sweep")
def sweep_documents() -> None:
    """Invoices and credit notes that are still to be written."""
    invoices.issue_missing_invoices()
    credit_notes.issue_missing_credit_notes()
