"""Price and stock from the page editor, beside its drafts."""

from decimal import Decimal

from wagtail.log_actions import log

from database.transactions import entry_service
from pages.models import ProductPage
from shop.models import Product
from shop.services.products import change_price, change_weight
from shop.services.stock import correct_stock


@entry_service
def apply_facts(
    *,
    page_id: int,
    unit_price: Decimal,
    inventory: int,
    seen: int,
    weight_grams: int | None = None,
    user=None,
) -> Product:
    """The page form's "Apply now": price, stock and weight at once, whatever becomes of the draft.

    `unit_price` in rupees, as typed; without a weight it stays as it is. Raises `StockChanged` where somebody
    bought since the form showed `seen`, and `ProductPage.DoesNotExist`; nothing is written then.
    """
    page = ProductPage.objects.get(pk=page_id)
    product = Product.objects.select_for_update().get(pk=page.product_id)
    correct_stock(product_id=product.pk, seen=seen, counted=inventory, user=user, note="Page editor")
    product.refresh_from_db()
    change_price(product=product, unit_price=unit_price, page_is_live=page.live)
    if weight_grams is not None and weight_grams != product.weight_grams:
        change_weight(product=product, weight_grams=weight_grams)
    log(
        instance=page,
        action="haat.change_facts",
        user=user,
        data={
            "unit_price": str(unit_price),
            "inventory": inventory,
            "seen": seen,
            "weight_grams": product.weight_grams,
        },
    )
    return product
