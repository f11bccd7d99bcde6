"""Who likes what."""

from database.transactions import entry_service
from shop.models import Like, Product


@entry_service
def like_product(*, product_id: int, user) -> None:
    """Like a product that is for sale; a second time changes nothing. Raises `Product.DoesNotExist`."""
    product = Product.objects.live().get(pk=product_id)
    Like.objects.get_or_create(user=user, product=product)


@entry_service
def unlike_product(*, product_id: int, user) -> None:
    """Like it no longer; where it was not liked, nothing happens. Raises `Product.DoesNotExist`."""
    Product.objects.live().get(pk=product_id)
    Like.objects.filter(user=user, product_id=product_id).delete()


def forget_likes(*, user_id: int) -> None:
    """Inner service."""
    Like.objects.filter(user=user_id).delete()
