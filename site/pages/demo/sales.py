"""Two sales of the demo shop: one that runs for months, one to come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from database.transactions import entry_service
from shop.models import Sale, SaleKind, Tag

if TYPE_CHECKING:
    from pages.demo.seeding import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSale:
    """Of a tag, from midnight so many days from today until midnight so many days from today."""

    name: str
    kind: SaleKind
    value: Decimal
    tag: str
    from_day: int
    until_day: int


SALES = (
    DemoSale(
        name="Made again",
        kind=SaleKind.PERCENT,
        value=Decimal(20),
        tag="recycled",
        from_day=-60,
        until_day=180,
    ),
    DemoSale(
        name="Winter warmth",
        kind=SaleKind.AMOUNT,
        value=Decimal(150),
        tag="winter",
        from_day=14,
        until_day=45,
    ),
)


@entry_service
def seed_sales(plan: "Plan") -> None:
    """Before the orders, so that those of the last weeks were placed in the sale."""
    today = timezone.localdate()
    present = set(Sale.objects.values_list("name", flat=True))
    for sale in SALES:
        tags = list(Tag.objects.filter(slug=sale.tag))
        if sale.name not in present and tags:
            add_sale(sale, tags=tags, today=today)


def add_sale(sale: DemoSale, *, tags: list[Tag], today: date) -> None:
    made = Sale(
        name=sale.name,
        kind=sale.kind,
        value=sale.value,
        starts_at=find_midnight(today, sale.from_day),
        ends_at=find_midnight(today, sale.until_day),
    )
    made.tags = tags
    made.save()
    made.save_revision().publish()


def find_midnight(today: date, days: int) -> datetime:
    """The first moment of the day in the shop's time zone."""
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time()))
