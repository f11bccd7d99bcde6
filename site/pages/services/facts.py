"""Price, stock and the other facts from the page editor, beside its drafts."""

from decimal import Decimal
from typing import Unpack

from wagtail.log_actions import log

from database.transactions import entry_service
from pages.models import ProductPage
from shop.models import Product
from shop.services.products import OtherFacts, change_others, change_price
from shop.services.stock import correct_stock


@entry_service
def apply_facts(
    *,
    page_id: int,
    unit_price: Decimal,
    inventory: int,
    seen: int,
    user=None,
    **others: Unpack[OtherFacts],
) -> Product:
    """The page form's "Apply now": price, stock and other facts at once, whatever becomes of the draft.

    `unit_price` in rupees, as typed; of the others, what is not named stays as it is. Raises `StockChanged` where
    somebody bought since the form showed `seen`, and `ProductPage.DoesNotExist`; nothing is written then.
    """
    page = ProductPage.objects.get(pk=page_id)
    product = Product.objects.select_for_update().get(pk=page.product_id)
    correct_stock(product_id=product.pk, seen=seen, counted=inventory, user=user, note="Page editor")
    product.refresh_from_db()
    change_price(product=product, unit_price=unit_price, page_is_live=page.live)
    change_others(product=product, **others)
    log(
        instance=page,
        action="haat.change_facts",
        user=user,
        data={
            "unit_price": str(unit_price),
            "inventory": inventory,
            "seen": seen,
            "tax_class": product.tax_class and product.tax_class.name,
            "hsn_code": product.hsn_code,
            "weight_grams": product.weight_grams,
            "low_stock_threshold": product.low_stock_threshold,
        },
    )
    return product
