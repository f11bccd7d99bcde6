"""What sells and what does not."""

from decimal import Decimal

from django.utils.translation import gettext as _

from reports.questions import Question
from reports.reading import Reader, Sold
from reports.tables import Column, Kind, Table
from shop.models import Collection, Product

MOST_ROWS = 500


def report_products(question: Question) -> Table:
    """Best sellers first; at the end what is on sale and sold nothing."""
    sold = Reader(question).sales_by_product()
    found = Product.objects.filter(question.filters.of_products())
    offered = found.live().exclude(pk__in=sold)[: max(MOST_ROWS - len(sold), 0)]
    products = {product.pk: product for product in [*found.filter(pk__in=sold), *offered]}
    ranked = sorted(products.values(), key=lambda item: (-sold.get(item.pk, Sold()).net, item.title))
    rows = [make_row(product, sold.get(product.pk, Sold())) for product in ranked[:MOST_ROWS]]
    whole = add_up(sold.values())
    columns = (
        Column("sku", _("SKU"), Kind.TEXT),
        Column("product", _("Product"), Kind.TEXT),
        *figure_columns(),
    )
    return Table(
        columns=(*columns, Column("stock", _("In stock now"))),
        rows=rows,
        total=("", _("All"), *figures_of(whole), None),
        chart=(),
        notes=[_("The first %(count)s products are shown.") % {"count": MOST_ROWS}]
        if len(rows) == MOST_ROWS
        else [],
    )


def make_row(product: Product, sold: Sold) -> tuple:
    return (product.sku, product.full_title, *figures_of(sold), product.inventory)


def report_collections(question: Question) -> Table:
    """Sales by the collection a product is in today."""
    sold = Reader(question).sales_by_product()
    homes = dict(Product.objects.filter(pk__in=sold).values_list("pk", "collection_id"))
    rows = []
    for collection in Collection.objects.order_by("title"):
        figures = add_up(part for pk, part in sold.items() if homes[pk] == collection.pk)
        rows.append((collection.title, *figures_of(figures)))
    rows.sort(key=lambda row: -row[NET])
    return Table(
        columns=(Column("collection", _("Collection"), Kind.TEXT), *figure_columns()),
        rows=rows,
        total=(_("All"), *figures_of(add_up(sold.values()))),
        chart=("net",),
    )


NET = 4


def figure_columns() -> tuple[Column, ...]:
    return (
        Column("units", _("Units"), definition=_("Pieces in orders that were paid.")),
        Column("gross", _("Gross sales"), Kind.MONEY, _("At the list price, before tax.")),
        Column(
            "discounts",
            _("Discounts"),
            Kind.MONEY,
            _("What sales, memberships and coupons took off, before tax."),
        ),
        Column("net", _("Net sales"), Kind.MONEY, _("Gross sales less discounts, before tax.")),
        Column("tax", _("Tax"), Kind.MONEY, _("GST in these sales.")),
    )


def figures_of(sold: Sold) -> tuple[int, Decimal, Decimal, Decimal, Decimal]:
    return (sold.units, sold.gross, sold.discounts, sold.net, sold.tax)


def add_up(parts) -> Sold:
    whole = Sold()
    for part in parts:
        whole.add(part)
    return whole
