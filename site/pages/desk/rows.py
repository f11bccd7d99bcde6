"""The rows of one page of the catalogue table: a fixed number of queries, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Sum, prefetch_related_objects
from django.urls import reverse

from checkout.models import OrderItem
from pages.lead_pages import find_lead_pages
from pages.models import ProductPage
from shop.models import Product
from shop.selectors import PriceList, ShownPicture, find_faces

SOLD_DAYS = 30


@dataclass(frozen=True)
class CatalogueRow:
    """A product as the table shows it. Prices in rupees as typed, before tax or with it as the settings say."""

    product: Product
    picture: ShownPicture | None
    sale_price: Decimal | None
    sold: int
    page: ProductPage | None

    @property
    def pk(self) -> int:
        return self.product.pk

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if self.page else ""

    @property
    def facts_url(self) -> str:
        return reverse("catalogue_product", args=[self.product.pk])

    @property
    def is_live(self) -> bool:
        return bool(self.page and self.page.live) and self.product.archived_at is None

    @property
    def has_draft(self) -> bool:
        return bool(self.page and self.page.has_unpublished_changes)

    @property
    def is_low(self) -> bool:
        return self.product.only_left is not None


def make_rows(products: Sequence[Product], *, at: datetime) -> list[CatalogueRow]:
    """A row for each, in the order given."""
    prefetch_related_objects(products, "tax_class", "collection")
    pages = find_lead_pages({product.lead_id for product in products})
    pictures = find_faces(products)
    sold = count_sold([product.pk for product in products], since=at - timedelta(days=SOLD_DAYS))
    prices = PriceList(at=at)
    return [
        CatalogueRow(
            product=product,
            picture=pictures[product.pk],
            sale_price=find_sale_price(product, prices),
            sold=sold.get(product.pk, 0),
            page=pages.get(product.lead_id),
        )
        for product in products
    ]


def find_sale_price(product: Product, prices: PriceList) -> Decimal | None:
    """The typed price in the sale that is on for it; None where it is not reduced."""
    sale = prices.find(product).sale
    return sale.price(product.unit_price) if sale and product.unit_price else None


def count_sold(product_ids: Sequence[int], *, since: datetime) -> dict[int, int]:
    """How many pieces of each were in orders paid since; refunds do not take any off, as in the reports."""
    items = OrderItem.objects.filter(product_id__in=product_ids, order__paid_at__gte=since)
    rows = items.order_by().values_list("product_id").annotate(count=Sum("quantity"))
    return dict(rows)
