"""Applying one row of an import: through the same doors as an editor's own changes. Inner services."""

import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, transaction

from pages.enums import RowOutcome
from pages.models import CatalogueImport, ImportRow, ProductPage
from pages.services.product_pictures import attach_picture
from pages.services.products import (
    ProductContent,
    change_collection,
    change_content,
    find_lead,
    insert_product,
    insert_variant,
    lock_parent,
)
from pages.sheets.archives import PictureArchive
from pages.sheets.checking import describe_conflict, read_names
from pages.sheets.columns import describe_products
from pages.sheets.values import read_cells, read_files
from shop.models import Picture, Product, TaxClass
from shop.services.prices import change_price
from shop.services.products import ProductFacts, change_others, get_tags
from shop.services.stock import OutOfStock, adjust_stock, correct_stock
from shop.uploads import store_picture

logger = logging.getLogger(__name__)

# The columns whose facts have other names on the product.
OTHER_FACTS = {
    "low_stock_from": "low_stock_threshold",
    "weight_grams": "weight_grams",
    "hsn_code": "hsn_code",
}


class RowConflict(Exception):
    """Somebody changed the product since the file was checked."""


class RowsApplier:
    """Applies the rows of one transaction: reads what they share once, locks products in their order."""

    def __init__(self, *, run: CatalogueImport, archive: PictureArchive | None) -> None:
        self.run, self.archive = run, archive
        self.note = f"{run.reason} ({run.file_name})"[:255]
        self.pictures: dict[int, list[Picture]] = {}

    def store_pictures(self, rows: Sequence[ImportRow]) -> None:
        """Before the transaction: the files of the pictures that these rows bring."""
        for row in rows:
            wanted = next((change["after"] for change in row.changes if change["column"] == "pictures"), "")
            if wanted and self.archive is not None:
                title = row.cells.get("title") or row.sku
                self.pictures[row.pk] = [self.store(name, title) for name in read_files(wanted)]

    def store(self, name: str, title: str) -> Picture:
        return store_picture(self.archive.read(name), title=title, user=self.run.user)

    def drop_unused_files(self) -> None:
        for picture in (picture for pictures in self.pictures.values() for picture in pictures):
            if picture.pk is None or not Picture.objects.filter(pk=picture.pk).exists():
                picture.file.storage.delete(picture.file.name)

    def prepare(self, rows: Sequence[ImportRow]) -> None:
        """Lock the products of these rows and read what is said of them now."""
        skus = [row.sku for row in rows if row.outcome == RowOutcome.CHANGE]
        locked = list(Product.objects.select_for_update().filter(sku__in=skus).order_by("pk"))
        known = read_names()
        self.collections, self.tax_classes = known["collections"], known["tax_classes"]
        self.current = {cells["sku"]: cells for cells in describe_products(locked, names=known["names"])}
        self.products = {product.sku: product for product in locked}

    def apply(self, row: ImportRow) -> None:
        """Whole or not at all, and the row says which; one bad row stops no other."""
        apply = self.add if row.outcome == RowOutcome.NEW else self.change
        try:
            with transaction.atomic():
                apply(row)
        except RowConflict as error:
            row.outcome, row.problem = RowOutcome.CONFLICT, str(error)[:500]
        except OutOfStock as error:
            row.outcome = RowOutcome.CONFLICT
            row.problem = f"Only {error.shortages[0].available} are there by now."
        except Exception as error:
            if isinstance(error, DatabaseError) and not is_about_the_row(error):
                raise
            logger.warning("Row %s of import %s failed", row.line, self.run.pk, exc_info=True)
            row.outcome, row.problem = RowOutcome.FAILED, (str(error) or type(error).__name__)[:500]
        else:
            row.outcome, row.problem = RowOutcome.APPLIED, ""

    def add(self, row: ImportRow) -> None:
        values = read_cells(row.cells)
        if values.get("variant_of"):
            lead = Product.objects.filter(sku=values["variant_of"]).first()
            if lead is None:
                raise RowConflict(f"Its product {values['variant_of']} is not there.")
            product = insert_variant(lead=find_lead(lead.pk), facts=self.read_facts(row, values))
            self.attach(product, row)
            return
        pictures = tuple(self.save_picture(picture) for picture in self.pictures.get(row.pk, ()))
        insert_product(
            content=ProductContent(
                title=values["title"], description=values.get("description", ""), pictures=pictures
            ),
            facts=self.read_facts(row, values),
            parent=lock_parent(self.collections[values["collection"].lower()]),
            user=self.run.user,
        )

    def read_facts(self, row: ImportRow, values: dict[str, Any]) -> ProductFacts:
        return ProductFacts(
            sku=row.sku,
            unit_price=values.get("price", Decimal(0)),
            inventory=values.get("stock", 0),
            low_stock_threshold=values.get("low_stock_from", 5),
            weight_grams=values.get("weight_grams", 0),
            hsn_code=values.get("hsn_code", ""),
            tax_class_id=self.find_tax_class(values.get("tax_class", "")),
            tags=values.get("tags", ()),
            options=values.get("options", {}),
        )

    def find_tax_class(self, name: str) -> int | None:
        return self.tax_classes[name.lower()] if name else None

    def change(self, row: ImportRow) -> None:
        product = self.products.get(row.sku)
        if product is None:
            raise RowConflict("The product is no longer there.")
        self.check_conflicts(row)
        values = read_cells({name: row.cells[name] for name in columns_of(row) if name in row.cells})
        self.change_page(product, values)
        self.change_facts(product, values, row)
        self.attach(product, row)

    def check_conflicts(self, row: ImportRow) -> None:
        """Nothing is overwritten that is not as it was when the file was checked; a delta adds to whatever is."""
        current = self.current[row.sku]
        for change in row.changes:
            now = str(current.get(change["column"], ""))
            if change["column"] not in ("stock_change", "pictures") and now != change["before"]:
                raise RowConflict(describe_conflict(change["column"], change["before"], now))

    def change_page(self, product: Product, values: dict[str, Any]) -> None:
        content = {name: values[name] for name in ("title", "description") if name in values}
        if content:
            change_content(product_id=product.pk, content=content, user=self.run.user)
        if "collection" in values:
            collection_id = self.collections[values["collection"].lower()]
            change_collection(product_id=product.pk, collection_id=collection_id, user=self.run.user)
        if content or "collection" in values:
            product.refresh_from_db()

    def change_facts(self, product: Product, values: dict[str, Any], row: ImportRow) -> None:
        who = {"user": self.run.user, "note": self.note}
        if "price" in values:
            page_is_live = ProductPage.objects.live().filter(product_id=product.lead_id).exists()
            change_price(product=product, unit_price=values["price"], page_is_live=page_is_live, **who)
        if "stock_change" in values:
            adjust_stock(product_id=product.pk, delta=values["stock_change"], **who)
        if "stock" in values:
            seen = int(self.current[row.sku]["stock"])
            correct_stock(product_id=product.pk, seen=seen, counted=values["stock"], **who)
        others: dict[str, Any] = {fact: values[name] for name, fact in OTHER_FACTS.items() if name in values}
        if "tax_class" in values:
            others["tax_class"] = TaxClass.objects.filter(pk=self.find_tax_class(values["tax_class"])).first()
        if others:
            change_others(product=product, **others)
        if "tags" in values:
            product.tags.set(get_tags(values["tags"]))

    def attach(self, product: Product, row: ImportRow) -> None:
        """The same file is not put there twice."""
        there = set(product.images.values_list("picture__file_hash", flat=True))
        for picture in self.pictures.get(row.pk, ()):
            if picture.file_hash not in there:
                attach_picture(product=product, picture=picture, user=self.run.user)

    @staticmethod
    def save_picture(picture: Picture) -> Picture:
        picture.pk = None  # safe to repeat with a repeated transaction
        picture.save(force_insert=True)
        return picture


def columns_of(row: ImportRow) -> list[str]:
    return [change["column"] for change in row.changes]


def is_about_the_row(error: DatabaseError) -> bool:
    """A constraint is; a lock or a lost server is not, and the whole transaction is tried again."""
    return isinstance(error, DataError | IntegrityError)
