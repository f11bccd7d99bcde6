"""What a sale will look like: its products at their old and new prices."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from pages.cards import find_cards
from shop.models import Product, Sale
from shop.pricing import SaleRule
from shop.sale_rules import describe_sales, sales_as_of
from shop.selectors import PriceList

SHOWN_PRODUCTS = 24


def show_sale(sale: Sale, *, request: HttpRequest | None) -> dict:
    """The sale as it stands in memory beside the others, at its start or now, whichever is later."""
    at = find_shown_moment(sale)
    rules = describe_sales([sale])
    products = find_products(rules)
    others = tuple(other for other in sales_as_of(at) if other.id != sale.pk)
    prices = PriceList(at=at, sales=(*rules, *others))
    return {
        "at": at,
        "cards": find_cards(list(products[:SHOWN_PRODUCTS]), request=request, prices=prices),
        "total": products.count(),
    }


def find_shown_moment(sale: Sale) -> datetime:
    """A sale that is over is shown as of its start too."""
    now = timezone.now()
    if sale.starts_at and (now < sale.starts_at or (sale.last_moment and sale.last_moment <= now)):
        return sale.starts_at
    return now


def find_products(rules: tuple[SaleRule, ...]):
    """The products whose cards show the sale, in the order of lists."""
    if not rules:
        return Product.objects.none()
    meant = Product.objects.live().meant_by(rules[0].targets).order_by()
    leads = meant.annotate(lead=Coalesce(F("variant_of"), F("pk"))).values("lead")
    return Product.objects.live().leads().filter(pk__in=leads)
