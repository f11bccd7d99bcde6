"""Typed prices: changed at once, with who, when and why. Inner services."""

from decimal import Decimal

from shop.models import PriceChange, Product
from shop.services.products import update_columns

LOWEST_PRICE = Decimal(1)


class PriceChanged(Exception):
    """The price is no longer what the editor saw; nothing was written. `current` is what it is now, in rupees."""

    def __init__(self, current: Decimal) -> None:
        super().__init__(f"The price has changed meanwhile: it is ₹{current} now.")
        self.current = current


def change_price(
    *,
    product: Product,
    unit_price: Decimal,
    page_is_live: bool,
    seen: Decimal | None = None,
    user=None,
    note: str = "",
) -> None:
    """Set the typed price in rupees. A product that had none goes on sale now where its page is live.

    The caller has locked the product. Raises `PriceChanged` where it is no longer what was `seen`.
    """
    before = product.unit_price
    if seen is not None and before != seen:
        raise PriceChanged(before)
    is_live = page_is_live and product.archived_at is None and unit_price >= LOWEST_PRICE
    update_columns(product, unit_price=unit_price, is_live=is_live)
    if before != unit_price:
        PriceChange.objects.create(product=product, before=before, after=unit_price, user=user, note=note)
