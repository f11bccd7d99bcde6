"""Sales, in force at once although a test's transaction never commits."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import count

from shop.models import Collection, Product, Sale, SaleProduct, Tag

numbers = count(1)


def make_sale(
    kind: str = "percent",
    value="20",
    *,
    name: str = "",
    products: Iterable[Product] = (),
    collections: Iterable[Collection] = (),
    tags: Iterable[str] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **fields,
) -> Sale:
    """A published sale of what is named, of everything where nothing is; `tags` by their slugs."""
    products, collections, tags = list(products), list(collections), list(tags)
    sale = Sale(
        name=name or f"Sale {next(numbers)}",
        kind=kind,
        value=Decimal(value),
        starts_at=starts_at,
        ends_at=ends_at,
        covers_everything=fields.pop("covers_everything", not (products or collections or tags)),
        **fields,
    )
    sale.chosen = [SaleProduct(product=product) for product in products]
    sale.collections = collections
    sale.tags = list(Tag.objects.filter(slug__in=tags))
    sale.save()
    Sale.forget_rules()
    return sale
