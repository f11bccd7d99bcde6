"""Sales: for a time, a lower typed price. Of several the lowest price wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shop.pricing.amounts import round_to_paisa, take_percent
from shop.pricing.lines import Line, Targets

PERCENT, AMOUNT, FIXED = "percent", "amount", "fixed"
LOWEST_PRICE = Decimal("1.00")  # a sale never gives anything away, nor more than that


@dataclass(frozen=True)
class SaleRule:
    """So many percent or rupees off the typed price, or a fixed one, from `starts_at` until before `ends_at`."""

    id: int
    name: str
    kind: str
    value: Decimal
    targets: Targets
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def is_on(self, at: datetime) -> bool:
        return (self.starts_at is None or self.starts_at <= at) and (
            self.ends_at is None or at < self.ends_at
        )

    def price(self, typed_price: Decimal) -> Decimal:
        """The typed price in this sale: never higher than without it, never below `LOWEST_PRICE`."""
        if self.kind == PERCENT:
            reduced = typed_price - take_percent(typed_price, self.value)
        elif self.kind == AMOUNT:
            reduced = typed_price - self.value
        else:
            reduced = self.value
        return round_to_paisa(min(typed_price, max(reduced, LOWEST_PRICE)))


def find_best_sale(line: Line, sales: Iterable[SaleRule], *, at: datetime) -> SaleRule | None:
    """The sale in which the line is cheapest, of equal ones the older; None where none makes it cheaper."""
    offers = [sale for sale in sales if sale.is_on(at) and sale.targets.include(line)]
    best = min(offers, key=lambda sale: (sale.price(line.typed_price), sale.id), default=None)
    return best if best and best.price(line.typed_price) < line.typed_price else None
