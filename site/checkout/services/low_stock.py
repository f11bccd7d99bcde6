"""What runs low goes to staff by mail, once for each time a stock falls that far."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from checkout.services.concerns import tell_staff
from database.transactions import entry_service
from shop.models import LowStock, Product

NAMED = 40


@entry_service
def tell_of_low_stock(*, now: datetime) -> int:
    """Mail staff what has fallen to its threshold since the last look. Returns how many products."""
    LowStock.objects.filter(product__inventory__gt=F("product__low_stock_threshold")).delete()
    low = Product.objects.live().filter(inventory__lte=F("low_stock_threshold"))
    products = list(low.exclude(pk__in=LowStock.objects.values("product")).order_by("inventory", "title"))
    if not products:
        return 0
    LowStock.objects.bulk_create(
        [LowStock(product=product, told_at=now) for product in products], ignore_conflicts=True
    )
    tell_staff(
        kind="staff_low_stock",
        purpose=f"low-stock:{now:%Y%m%d%H%M%S}",
        values={"count": str(len(products))},
        lines=name_products(products),
        path="/admin/",
    )
    return len(products)


def name_products(products: list[Product]) -> list[str]:
    sentence = _("%(title)s (%(sku)s): %(count)d left")
    lines = [
        sentence % {"title": product.full_title, "sku": product.sku, "count": product.inventory}
        for product in products[:NAMED]
    ]
    more = len(products) - NAMED
    return [*lines, _("and %(count)d more") % {"count": more}] if more > 0 else lines
