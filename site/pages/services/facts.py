"""Price, stock and the other facts of one product: from the page editor, and from the catalogue table."""

from decimal import Decimal
from typing import Unpack

from wagtail.log_actions import log

from database.transactions import entry_service
from pages.models import ProductPage
from shop.models import Product
from shop.services.prices import change_price
from shop.services.products import OtherFacts, change_others
from shop.services.stock import adjust_stock, correct_stock

PAGE_EDITOR = "Page editor"


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
    correct_stock(product_id=product.pk, seen=seen, counted=inventory, user=user, note=PAGE_EDITOR)
    product.refresh_from_db()
    change_price(product=product, unit_price=unit_price, page_is_live=page.live, user=user, note=PAGE_EDITOR)
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


@entry_service
def change_price_now(
    *, product_id: int, seen: Decimal, unit_price: Decimal, reason: str, user=None
) -> Product:
    """Set the typed price from what the table showed, in rupees.

    Raises `PriceChanged` where it is no longer that, and `Product.DoesNotExist`; nothing is written then.
    """
    product = Product.objects.select_for_update().get(pk=product_id)
    page = ProductPage.objects.get(product_id=product.lead_id)
    change_price(
        product=product, unit_price=unit_price, page_is_live=page.live, seen=seen, user=user, note=reason
    )
    data = {"sku": product.sku, "unit_price": str(unit_price), "was": str(seen), "reason": reason}
    log(instance=page, action="haat.change_facts", user=user, data=data)
    return product


@entry_service
def change_stock_now(
    *, product_id: int, reason: str, user=None, counted: tuple[int, int] | None = None, delta: int = 0
) -> Product:
    """Add `delta`, or set the stock `counted` as (what the table showed, what is there).

    Raises `StockChanged` where it is no longer what was shown, `OutOfStock` where fewer are there than to be
    taken, and `Product.DoesNotExist`; nothing is written then.
    """
    product = Product.objects.get(pk=product_id)
    if counted is None:
        adjust_stock(product_id=product.pk, delta=delta, user=user, note=reason)
    else:
        seen, there = counted
        correct_stock(product_id=product.pk, seen=seen, counted=there, user=user, note=reason)
        delta = there - seen
    product.refresh_from_db()
    page = ProductPage.objects.get(product_id=product.lead_id)
    data = {"sku": product.sku, "inventory": product.inventory, "delta": delta, "reason": reason}
    log(instance=page, action="haat.change_facts", user=user, data=data)
    return product
