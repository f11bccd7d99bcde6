"""What is on the shelves, and how long it lasts."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from reports.questions import Question
from reports.reading import Reader, Sold
from reports.tables import Column, Kind, Table
from shop.models import Product

MOST_ROWS = 1000
TENTH = Decimal("0.1")


def report_stock(question: Question) -> Table:
    """Every product on sale: what runs out first stands first."""
    sold = Reader(question).sales_by_product()
    products = Product.objects.live().filter(question.filters.of_products())
    days = len(question.period)
    rows = [make_row(product, sold.get(product.pk, Sold()).units, days) for product in products]
    rows.sort(key=lambda row: (row[DAYS_LEFT] is None, row[DAYS_LEFT] or 0, row[1]))
    whole = (sum(row[2] for row in rows), sum(row[3] for row in rows))
    return Table(
        columns=list_columns(),
        rows=rows[:MOST_ROWS],
        total=("", _("All"), *whole, turn(whole[1], whole[0]), None),
    )


DAYS_LEFT = 5


def make_row(product: Product, units: int, days: int) -> tuple:
    left = tenths(Decimal(product.inventory * days) / units) if units else None
    return (product.sku, product.full_title, product.inventory, units, turn(units, product.inventory), left)


def turn(units: int, inventory: int) -> Decimal | None:
    """How often the stock of now was sold in the period."""
    return tenths(Decimal(units) / inventory) if inventory else None


def tenths(amount: Decimal) -> Decimal:
    return amount.quantize(TENTH, rounding=ROUND_HALF_UP)


def list_columns() -> tuple[Column, ...]:
    return (
        Column("sku", _("SKU"), Kind.TEXT),
        Column("product", _("Product"), Kind.TEXT),
        Column("stock", _("In stock now")),
        Column("units", _("Sold"), definition=_("Pieces in orders that were paid in this time.")),
        Column("turn", _("Turn"), Kind.DECIMAL, _("Pieces sold divided by pieces in stock now.")),
        Column(
            "days_left",
            _("Days left"),
            Kind.DECIMAL,
            _("How long the stock lasts if it sells on as in this time."),
        ),
    )
