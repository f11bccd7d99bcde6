"""What each row of a file would do, worked out before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pages.enums import RowOutcome
from pages.sheets.archives import PictureArchive
from pages.sheets.columns import Cells, describe_products, name_collections
from pages.sheets.reading import Sheet, SheetRow
from pages.sheets.values import NOTHING, BadCell, read_cells
from shop.models import Collection, Product, TaxClass
from shop.uploads import PictureRefused

LONGEST_SKU = 64
# A size shares these with its product, whose row changes them.
SHARED = ("title", "description", "collection")
# What tells a product from others is given once.
FIXED = ("variant_of", "options")
FREE = ("low_stock_from", "weight_grams", "hsn_code")


@dataclass(frozen=True)
class Change:
    """One cell that would change, as texts. Of a stock by delta `column` is `stock_change`."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Checked:
    row: SheetRow
    outcome: RowOutcome
    changes: list[Change] = field(default_factory=list)
    problem: str = ""

    @property
    def is_variant(self) -> bool:
        return "variant_of" in self.row.cells


@dataclass(frozen=True)
class Known:
    """What all rows of a file are checked against; read once."""

    names: dict[int, str]
    collections: dict[str, int]
    tax_classes: dict[str, int]
    first_lines: dict[str, int]
    leads: frozenset[str]
    archive: PictureArchive | None = None

    @classmethod
    def read(cls, sheet: Sheet, *, archive: PictureArchive | None = None) -> "Known":
        first_lines: dict[str, int] = {}
        for row in sheet.rows:
            first_lines.setdefault(row.cells.get("sku", ""), row.line)
        leads = (row.cells.get("sku", "") for row in sheet.rows if "variant_of" not in row.cells)
        return cls(first_lines=first_lines, leads=frozenset(leads), archive=archive, **read_names())


def read_names() -> dict[str, Any]:
    """Collections by title and by slug, tax classes by name; whatever the case."""
    names = name_collections()
    collections = {slug.lower(): pk for pk, slug in Collection.objects.values_list("pk", "slug")}
    collections |= {name.lower(): pk for pk, name in names.items()}
    tax_classes = {name.lower(): pk for pk, name in TaxClass.objects.values_list("pk", "name")}
    return {"names": names, "collections": collections, "tax_classes": tax_classes}


def check_rows(rows: Sequence[SheetRow], *, known: Known) -> list[Checked]:
    """A fixed number of queries, however many there are."""
    skus = {row.cells.get("sku", "") for row in rows} | {row.cells.get("variant_of", "") for row in rows}
    products = {product.sku: product for product in Product.objects.filter(sku__in=skus).order_by("pk")}
    described = describe_products(list(products.values()), names=known.names)
    current = {cells["sku"]: cells for cells in described}
    return [check_row(row, products=products, current=current, known=known) for row in rows]


def check_row(
    row: SheetRow, *, products: dict[str, Product], current: dict[str, Cells], known: Known
) -> Checked:
    sku = row.cells.get("sku", "")
    try:
        check_sku(row, sku, known)
        if sku in current:
            changes = compare(row, current[sku], known)
            return Checked(row, RowOutcome.CHANGE if changes else RowOutcome.SAME, changes)
        return Checked(row, RowOutcome.NEW, describe_new(row, products, known))
    except (BadCell, PictureRefused) as error:
        return Checked(row, RowOutcome.BAD, problem=str(error))


def check_sku(row: SheetRow, sku: str, known: Known) -> None:
    if row.problem:
        raise BadCell(row.problem)
    if not sku:
        raise BadCell(_("The SKU is missing."))
    if len(sku) > LONGEST_SKU:
        raise BadCell(_("A SKU may have 64 characters at most."))
    if known.first_lines[sku] != row.line:
        raise BadCell(_("The SKU stands in row %(line)s already.") % {"line": known.first_lines[sku]})


def compare(row: SheetRow, current: Cells, known: Known) -> list[Change]:
    """The cells that differ from what the export says of the product now. Raises `BadCell`."""
    values = read_cells({name: text for name, text in row.cells.items() if differs(name, text, row, current)})
    for name in FIXED + (SHARED if current["variant_of"] else ()):
        if name in values:
            sentence = _("%(name)s: a size or colour has this from its product, or for good: “%(now)s”.")
            raise BadCell(sentence % {"name": name, "now": current[name]})
    check_references(values, known)
    changes = [
        Change(name, str(current[name]), row.cells[name])
        for name in values
        if name in (*SHARED, *FREE, "tax_class")
    ]
    if "tags" in values and set(values["tags"]) != set(str(current["tags"]).split("; ")) - {""}:
        changes.append(Change("tags", str(current["tags"]), row.cells["tags"]))
    changes += compare_price(row, values, current)
    changes += compare_stock(row, values, current)
    changes += compare_pictures(values, current, known)
    return changes


def differs(name: str, text: str, row: SheetRow, current: Cells) -> bool:
    """`…_was` cells count with their own column; line ends are as each program writes them."""
    if name in ("price_was", "stock_was"):
        return differs(
            name.removesuffix("_was"), row.cells.get(name.removesuffix("_was"), text), row, current
        )
    now = str(current.get(name, ""))
    if text == NOTHING and not now:
        return False
    return " ".join(text.split()) != " ".join(now.split()) and name not in ("sku", "page")


def compare_price(row: SheetRow, values: dict[str, Any], current: Cells) -> list[Change]:
    """Not where the file only repeats what the export said; refused where somebody changed it since."""
    price, was = values.get("price"), values.get("price_was")
    if price is None or price in (was, current["price"]):
        return []
    if was is not None and was != current["price"]:
        raise BadCell(describe_conflict("price", was, current["price"]))
    if not price:
        raise BadCell(_("price: ₹1 is the lowest price."))
    return [Change("price", str(current["price"]), str(price))]


def compare_stock(row: SheetRow, values: dict[str, Any], current: Cells) -> list[Change]:
    stock, was, delta = values.get("stock"), values.get("stock_was"), values.get("stock_change")
    now = int(current["stock"])
    wants_count = stock is not None and stock not in (was, now)
    if delta and wants_count:
        raise BadCell(_("Give either stock or stock_change, not both."))
    if delta:
        if now + delta < 0:
            raise BadCell(_("stock_change: only %(now)s are there.") % {"now": now})
        return [Change("stock_change", str(now), f"{delta:+d}")]
    if not wants_count:
        return []
    if was is None:
        raise BadCell(
            _("stock: also give stock_was, what the stock was when you counted; or give stock_change.")
        )
    if was != now:
        raise BadCell(describe_conflict("stock", was, now))
    return [Change("stock", str(now), str(stock))]


def describe_conflict(name: str, was: object, now: object) -> str:
    sentence = _("%(name)s: it was %(was)s when you looked, it is %(now)s now.")
    return sentence % {"name": name, "was": was, "now": now}


def compare_pictures(values: dict[str, Any], current: Cells, known: Known) -> list[Change]:
    """Names that the product does not know are pictures to be added, from the ZIP."""
    there = set(str(current["pictures"]).split("; "))
    added = [name for name in values.get("pictures", ()) if name not in there]
    check_pictures(added, known)
    return [Change("pictures", str(current["pictures"]), "; ".join(added))] if added else []


def check_pictures(names: Sequence[str], known: Known) -> None:
    """Each is decoded once here, so that none fails when rows are applied. Raises `PictureRefused`."""
    for name in names:
        if known.archive is None:
            raise PictureRefused(_("pictures: bring a ZIP with “%(name)s” in it.") % {"name": name})
        known.archive.read(name)


def check_references(values: dict[str, Any], known: Known) -> None:
    if "collection" in values and values["collection"].lower() not in known.collections:
        raise BadCell(_("collection: there is no “%(name)s”.") % {"name": values["collection"]})
    if values.get("tax_class") and values["tax_class"].lower() not in known.tax_classes:
        raise BadCell(_("tax_class: there is no “%(name)s”.") % {"name": values["tax_class"]})


def describe_new(row: SheetRow, products: dict[str, Product], known: Known) -> list[Change]:
    """Raises `BadCell` where something is missing or wrong."""
    values = read_cells(row.cells)
    if not values.keys() & {"title", "collection", "variant_of"}:
        raise BadCell(_("There is no product with the SKU “%(sku)s”.") % {"sku": row.cells["sku"]})
    if values.get("stock_change"):
        raise BadCell(_("stock_change: the product is new. Give its first stock in stock."))
    if lead := values.get("variant_of"):
        check_lead(lead, products, known)
        if "options" not in values:
            raise BadCell(_("options: say what tells it apart, like this: Size: M; Colour: Red."))
    else:
        for name in ("title", "collection"):
            if not values.get(name):
                raise BadCell(_("%(name)s: a new product needs it.") % {"name": name})
    check_references(values, known)
    check_pictures(values.get("pictures", ()), known)
    told = ("title", "collection", "variant_of", "options", "price", "stock", "pictures")
    return [Change(name, "", row.cells[name]) for name in told if name in values]


def check_lead(sku: str, products: dict[str, Product], known: Known) -> None:
    lead = products.get(sku)
    if lead is None and sku not in known.leads:
        raise BadCell(_("variant_of: there is no product with the SKU “%(sku)s”.") % {"sku": sku})
    if lead is not None and lead.variant_of_id:
        raise BadCell(_("variant_of: “%(sku)s” is itself a size or colour.") % {"sku": sku})
