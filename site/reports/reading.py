"""Reading what was sold: from the summaries where a day has been added up, else from its orders."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Model, QuerySet, Sum

from reports.buyers import compute_buyers
from reports.models import BuyerDay, CartDay, DaySales, DiscountDay, ProductDaySales, SummarisedDay, TaxDay
from reports.ordered import compute_carts
from reports.periods import find_day
from reports.questions import Question
from reports.sold import DayFigures, compute_day
from shop.models import Product

ZERO = Decimal("0.00")


@dataclass
class Sold:
    """Figures of some orders; rupees."""

    orders: int = 0
    units: int = 0
    discounts: Decimal = ZERO
    net: Decimal = ZERO
    shipping: Decimal = ZERO
    tax: Decimal = ZERO
    total: Decimal = ZERO

    @property
    def gross(self) -> Decimal:
        return self.net + self.discounts

    def add(self, other: "Sold") -> None:
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))


class Reader:
    """Reads for one question; a day that is not summarised is computed once."""

    def __init__(self, question: Question) -> None:
        self.question = question

    @cached_property
    def open_dates(self) -> list[date]:
        """Days of the period that are not summarised; days to come are left out."""
        period = self.question.period
        done = SummarisedDay.objects.filter(day__range=(period.first, period.last))
        closed = set(done.values_list("day", flat=True))
        today = find_day(self.question.now)
        return [day for day in period.days() if day not in closed and day <= today]

    @cached_property
    def open_days(self) -> list[DayFigures]:
        return [compute_day(day) for day in self.open_dates]

    def closed(self, model: type[Model]) -> QuerySet:
        """The rows of the period's summarised days."""
        period = self.question.period
        rows = model.objects.filter(day__range=(period.first, period.last))
        return rows.exclude(day__in=self.open_dates)

    def sales_by_day(self) -> dict[date, Sold]:
        """What was sold on each day that sold anything; of filtered products, their part without shipping."""
        if self.question.filters.by_product:
            return self.product_sales("day")
        state = self.question.filters.summary_state
        rows = list(self.closed(DaySales).filter(state=state))
        rows += [figures.sales[state] for figures in self.open_days if state in figures.sales]
        return {row.day: copy_figures(row) for row in rows}

    def sales_by_product(self) -> dict[int, Sold]:
        return self.product_sales("product_id")

    def product_sales(self, key: str) -> dict:
        """Figures of the filtered products by day or by product, without shipping."""
        filters = self.question.filters
        found: dict = defaultdict(Sold)
        closed = self.closed(ProductDaySales).filter(state=filters.summary_state)
        sums = {name: Sum(name) for name in ("units", "discounts", "net", "tax")}
        for row in closed.filter(filters.of_products("product__")).values(key).annotate(**sums).order_by():
            found[row.pop(key)].add(Sold(**row, total=row["net"] + row["tax"]))
        for row in self.open_products():
            found[getattr(row, key)].add(copy_figures(row, total=row.net + row.tax))
        return dict(found)

    def open_products(self) -> Iterable[ProductDaySales]:
        filters = self.question.filters
        rows = [
            row
            for figures in self.open_days
            for (state, _product), row in figures.products.items()
            if state == filters.summary_state
        ]
        if not filters.by_product or not rows:
            return rows
        wanted = Product.objects.filter(filters.of_products(), pk__in={row.product_id for row in rows})
        ids = set(wanted.values_list("pk", flat=True))
        return [row for row in rows if row.product_id in ids]

    def buyers(self) -> list[BuyerDay]:
        state = self.question.filters.summary_state
        closed = list(self.closed(BuyerDay).filter(state=state))
        computed = (compute_buyers(day) for day in self.open_dates)
        return closed + [rows[state] for rows in computed if state in rows]

    def carts(self) -> list[CartDay]:
        return list(self.closed(CartDay)) + [compute_carts(day) for day in self.open_dates]

    def taxes(self) -> list[TaxDay]:
        rows = self.closed(TaxDay)
        found = list(rows) + [row for figures in self.open_days for row in figures.taxes.values()]
        state = self.question.filters.state
        return found if state is None else [row for row in found if row.state == state]

    def discounts(self) -> list[DiscountDay]:
        closed = list(self.closed(DiscountDay))
        return closed + [row for figures in self.open_days for row in figures.discounts.values()]


def copy_figures(row: DaySales | ProductDaySales, **more) -> Sold:
    values = {part.name: getattr(row, part.name) for part in fields(Sold) if hasattr(row, part.name)}
    return Sold(**values, **more)
