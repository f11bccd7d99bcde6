"""What the shop hears only by signal; each receiver makes one call."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from shop.models import Sale


@receiver(post_delete, sender=Sale)
def forget_deleted_sale(sender, instance, **kwargs) -> None:
    """Wagtail deletes chosen rows by a queryset, past the model's own methods."""
    transaction.on_commit(Sale.forget_rules, robust=True)
