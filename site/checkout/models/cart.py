import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.querysets import CartQuerySet


class Cart(models.Model):
    """What somebody wants to buy. Its id is the capability: who knows it may use an unowned cart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.OneToOneField(
        "accounts.Customer", on_delete=models.CASCADE, null=True, blank=True, related_name="cart"
    )
    # As it was typed on the cart page; whether it still holds is asked whenever the cart is priced.
    coupon_code = models.CharField(_("coupon"), max_length=40, blank=True, default="")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, db_index=True)

    objects = CartQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return str(self.pk)


class CartItem(models.Model):
    """So many of a product in a cart. The same product adds up in the same row."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"), validators=[MinValueValidator(1)])

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("cart item")
        verbose_name_plural = _("cart items")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "product"], name="product_once_per_cart"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="cart_item_quantity_positive"),
        ]
