"""Products that stand in orders are never deleted: page and product are kept, off the shop."""

from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from checkout.models import OrderItem
from pages.models import CollectionPage, ProductPage
from shop.models import Product
from shop.services.announcements import announcing_changes


def is_ordered(product: Product) -> bool:
    """Whether the product or one of its variants stands in an order."""
    family = Product.objects.filter(pk=product.pk) | Product.objects.filter(variant_of=product)
    return OrderItem.objects.filter(product__in=family).exists()


def archive_if_ordered(*, page: ProductPage, user=None) -> bool:
    """Take page and product off the shop where the product was ordered. Returns whether it did. Inner service."""
    # Locked, so that nobody orders it between the question and the deletion.
    product = Product.objects.select_for_update().get(pk=page.product_id)
    if not is_ordered(product):
        return False
    archive_product(page=page, user=user)
    return True


def archive_product(*, page: ProductPage, user=None) -> None:
    """Take page and product, with its variants, off the shop and keep them. Inner service.

    Publishing the page again brings them back.
    """
    page = ProductPage.objects.get(pk=page.pk)
    now = timezone.now()
    with announcing_changes(page.family()):
        page.family().filter(archived_at=None).update(archived_at=now, is_live=False, last_update=now)
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    # Unpublishing forgets the schedules of live pages only.
    page.revisions.update(approved_go_live_at=None)
    log(instance=page, action="haat.archive", user=user)


def find_filled_collections(*, page) -> list[str]:
    """The titles of the collections at or below this page that still hold products."""
    shelves = CollectionPage.objects.descendant_of(page, inclusive=True)
    filled = shelves.exclude(collection__products=None).order_by("path").distinct()
    return list(filled.values_list("title", flat=True))
