"""What Wagtail tells only by signal; each receiver makes one call."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page

from pages.models import BondedPage, CollectionPage, ProductPage
from shop.models import Collection, Product
from shop.services.announcements import announce_removal


@receiver(post_save, sender=Page)
def follow_plain_page(sender, instance, created, update_fields, **kwargs) -> None:
    """Wagtail moves, expires and bulk-unpublishes pages as plain `Page`, past the page's own `save`.

    Hearing that save instead of Wagtail's own signals keeps both in one transaction: those signals come after it.
    """
    kind = instance.specific_class
    if not created and update_fields is None and kind is not None and issubclass(kind, BondedPage):
        kind.objects.get(pk=instance.pk).update_counterpart()


@receiver(post_delete, sender=ProductPage)
def delete_product(sender, instance, **kwargs) -> None:
    """A deleted page takes its product along, in the same transaction. An ordered one is protected."""
    announce_removal(instance.family())
    Product.objects.filter(pk=instance.product_id).delete()


@receiver(post_delete, sender=CollectionPage)
def delete_collection(sender, instance, **kwargs) -> None:
    Collection.objects.filter(pk=instance.collection_id).delete()
