"""Files of products: checked whole first, applied once, gone on with where a process died."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from pages.enums import ImportState
from pages.models import CatalogueImport, ProductPage
from pages.services import imports
from pages.services.imports import (
    bring_file,
    claim,
    continue_all,
    count_rows,
    forget_unapplied,
    private_files,
    start_applying,
)
from pages.sheets.columns import COLUMNS, export_rows
from shop.models import PriceChange, Product, ProductImage, StockMovement
from shop.spreadsheets import store_xlsx, stream_csv
from tests.factories.catalogue import (
    make_collection,
    make_picture,
    make_product,
    make_tax_class,
    make_variant,
    page_of,
)
from tests.factories.sheets import draw_picture, write_sheet, write_zip
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_and_private(settings, tmp_path, monkeypatch, broker):
    settings.PRIVATE_DIR, settings.MEDIA_ROOT = tmp_path / "private", str(tmp_path / "media")
    monkeypatch.setattr(imports, "PAUSE_SECONDS", 0)


def bring(*rows, header, pictures=None, name="products.csv") -> CatalogueImport:
    """The import once it is checked."""
    user = make_staff()
    file = write_sheet(header, *rows)
    run = bring_file(file=file, name=name, pictures=pictures, reason="Delivery", user=user)
    continue_all()
    run.refresh_from_db()
    return run


def apply(run: CatalogueImport) -> CatalogueImport:
    assert start_applying(run_id=run.pk, user=run.user)
    continue_all()
    run.refresh_from_db()
    return run


def outcomes(run) -> list[tuple[int, str, str]]:
    return list(run.rows.order_by("line").values_list("line", "outcome", "problem"))


def test_restock_with_bad_rows_shows_each_and_applies_the_good():
    product = make_product(sku="A", inventory=10)
    run = bring(["A", "5"], ["", "5"], ["Z", "many"], header=["sku", "stock_change"])
    assert (run.state, run.rows_total) == (ImportState.CHECKED, 3)
    assert outcomes(run) == [
        (2, "change", ""),
        (3, "bad", "The SKU is missing."),
        (4, "bad", "stock_change: “many” is no whole number."),
    ]
    assert run.rows.get(line=2).changes == [{"column": "stock_change", "before": "10", "after": "+5"}]
    assert Product.objects.get().inventory == 10
    apply(run)
    assert (run.state, count_rows(run)["applied"], Product.objects.get().inventory) == (
        ImportState.DONE,
        1,
        15,
    )
    movement = StockMovement.objects.filter(product=product).first()
    assert (movement.delta, movement.user, movement.note) == (5, run.user, "Delivery (products.csv)")
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"haat.import_checked", "haat.import_applied"} <= actions


def test_new_products_come_through_the_one_door_with_sizes_after_their_lead():
    make_collection(title="Kitchen")
    make_tax_class(name="Books", rate="5.00")
    header = [
        "sku",
        "title",
        "collection",
        "variant_of",
        "options",
        "price",
        "stock",
        "tags",
        "tax_class",
        "hsn_code",
    ]
    run = bring(
        ["T-S", "", "", "T", "Size: S", "90", "2", "", "", ""],
        ["T", "Tray", "kitchen", "", "", "100.50", "3", "Wood; New", "books", "4901"],
        header=header,
    )
    assert outcomes(run) == [(2, "new", ""), (3, "new", "")]
    apply(run)
    assert [outcome for _line, outcome, _problem in outcomes(run)] == ["applied", "applied"]
    lead, size = Product.objects.get(sku="T"), Product.objects.get(sku="T-S")
    page = ProductPage.objects.get(product=lead)
    assert (page.live, page.title, lead.is_live, lead.unit_price) == (True, "Tray", True, Decimal("100.50"))
    assert (size.variant_of, size.title, size.inventory) == (lead, "Tray, S", 2)
    assert sorted(tag.name for tag in lead.tags.all()) == ["New", "Wood"]
    assert (lead.tax_class.name, lead.hsn_code) == ("Books", "4901")


def test_existing_products_change_in_every_column():
    shelf, other = make_collection(title="Kitchen"), make_collection(title="Garden")
    product = make_product(
        sku="A", title="Tray", collection=shelf, unit_price="100.00", hsn_code="4901", tags=("Old",)
    )
    make_tax_class(name="Books")
    header = [
        "sku",
        "title",
        "description",
        "collection",
        "price",
        "tax_class",
        "hsn_code",
        "weight_grams",
        "tags",
    ]
    run = apply(
        bring(["A", "Big tray", "Of wood.", "Garden", "1,200", "Books", "-", "900", "New"], header=header)
    )
    assert outcomes(run) == [(2, "applied", "")]
    product.refresh_from_db()
    assert (product.title, product.description, product.collection) == ("Big tray", "Of wood.", other)
    assert (product.unit_price, product.hsn_code, product.weight_grams) == (Decimal("1200.00"), "", 900)
    assert [tag.name for tag in product.tags.all()] == ["New"]
    assert page_of(product).title == "Big tray"
    assert PriceChange.objects.get().note == "Delivery (products.csv)"
    assert PageLogEntry.objects.filter(page_id=page_of(product).pk, user=run.user).exists()


@pytest.mark.parametrize(
    ("header", "cells", "problem"),
    [
        (["price"], ["0.50"], "price: ₹1 is the lowest price."),
        (["price"], ["0"], "price: ₹1 is the lowest price."),
        (["price"], ["cheap"], "price: “cheap” is no price."),
        (["price"], ["1.005"], "price: “1.005” is no price."),
        (["price"], ["NaN"], "price: “NaN” is no price."),
        (["price", "price_was"], ["120", "110"], "price: it was 110.00 when you looked, it is 100.00 now."),
        (["stock"], ["7"], "stock: also give stock_was"),
        (["stock", "stock_was"], ["25", "12"], "stock: it was 12 when you looked, it is 10 now."),
        (["stock", "stock_was"], ["-1", "10"], "stock: “-1” is below 0."),
        (["stock", "stock_was", "stock_change"], ["25", "10", "3"], "Give either stock or stock_change"),
        (["stock_change"], ["-11"], "stock_change: only 10 are there."),
        (["stock_change"], ["1.5"], "stock_change: “1.5” is no whole number."),
        (["collection"], ["Nowhere"], "collection: there is no “Nowhere”."),
        (["tax_class"], ["Luxury"], "tax_class: there is no “Luxury”."),
        (["hsn_code"], ["49"], "hsn_code: Enter an HSN code"),
        (["variant_of"], ["B"], "variant_of: a size or colour has this"),
        (["pictures"], ["lamp.jpg"], "pictures: bring a ZIP with “lamp.jpg” in it."),
        (["title"], ["x" * 256], "title: It may have 255 characters at most."),
    ],
)
def test_bad_cells_are_told_and_change_nothing(header, cells, problem):
    make_product(sku="A", unit_price="100.00", inventory=10)
    run = bring(["A", *cells], header=["sku", *header])
    ((_line, outcome, said),) = outcomes(run)
    assert (outcome, said[: len(problem)]) == ("bad", problem)


@pytest.mark.parametrize(
    ("header", "cells", "problem"),
    [
        (["title"], ["Tray"], "collection: a new product needs it."),
        (["collection"], ["Kitchen"], "title: a new product needs it."),
        (["variant_of", "options"], ["Z", "Size: S"], "variant_of: there is no product with the SKU “Z”."),
        (["variant_of", "options"], ["A-S", "Size: M"], "variant_of: “A-S” is itself a size or colour."),
        (["variant_of"], ["A"], "options: say what tells it apart"),
        (["variant_of", "options"], ["A", "M"], "options: Write what tells it apart like this"),
        (
            ["title", "collection", "stock_change"],
            ["Tray", "Kitchen", "3"],
            "stock_change: the product is new.",
        ),
    ],
)
def test_new_rows_need_what_a_product_needs(header, cells, problem):
    lead = make_product(sku="A", collection=make_collection(title="Kitchen"))
    make_variant(lead, sku="A-S")
    run = bring(["N", *cells], header=["sku", *header])
    ((_line, outcome, said),) = outcomes(run)
    assert (outcome, said[: len(problem)]) == ("bad", problem)


def test_sku_that_stands_twice_is_bad_the_second_time():
    make_product(sku="A")
    run = bring(["A", "1"], ["A", "2"], header=["sku", "stock_change"])
    assert outcomes(run) == [(2, "change", ""), (3, "bad", "The SKU stands in row 2 already.")]


def test_what_only_repeats_the_export_changes_nothing_though_somebody_did_since():
    make_product(sku="A", unit_price="90.00", inventory=7)
    run = bring(["A", "100", "100", "10", "10"], header=["sku", "price", "price_was", "stock", "stock_was"])
    assert outcomes(run) == [(2, "same", "")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_brought_again_changes_nothing(kind):
    shelf = make_collection(title="Kitchen")
    lead = make_product(
        title="=1+1",
        sku="-A",
        description="Two\nlines, “quoted”; and more",
        collection=shelf,
        unit_price="1234.50",
        tags=("New", "Old"),
        tax_class_id=make_tax_class().pk,
        hsn_code="0902",
        weight_grams=350,
        pictures=[make_picture()],
    )
    make_variant(lead, options={"Size": "M", "Colour": "Red"}, sku="0012")
    make_product(title="'Quoted'", collection=shelf, unit_price="0.00", inventory=0)
    rows = export_rows(Product.objects.all())
    if kind == "csv":
        file = io.BytesIO(b"".join(stream_csv(COLUMNS, rows)))
    else:
        file = store_xlsx(COLUMNS, rows, title="products")
    run = bring_file(file=file, name=f"x.{kind}", pictures=None, reason="x", user=make_staff())
    continue_all()
    assert [(outcome, problem) for _line, outcome, problem in outcomes(run)] == [("same", "")] * 3


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"unit_price": Decimal("90.00")}, "price: it was 100.00 when you looked, it is 90.00 now."),
        ({"inventory": 7}, "stock: it was 10 when you looked, it is 7 now."),
    ],
)
def test_what_changed_after_the_check_is_left_alone(change, problem):
    product = make_product(sku="A", unit_price="100.00", inventory=10)
    header = ["sku", "price", "stock", "stock_was"]
    run = bring(["A", "120", "25", "10"], header=header)
    Product.objects.filter(pk=product.pk).update(**change)
    apply(run)
    assert outcomes(run) == [(2, "conflict", problem)]
    left = {"unit_price": Decimal("100.00"), "inventory": 10} | change
    assert Product.objects.values("unit_price", "inventory").get() == left


def test_pictures_come_from_the_zip_once():
    product = make_product(sku="A")
    make_picture()  # and the library that it stands in
    for _time in range(2):
        run = bring(
            ["A", "lamp.png"], header=["sku", "pictures"], pictures=write_zip(lamp__png=draw_picture())
        )
        apply(run)
        assert outcomes(run) == [(2, "applied", "")]
    image = ProductImage.objects.get(product=product)
    assert image.picture.file.storage.exists(image.picture.file.name)
    assert page_of(product).pictures.count() == 1


def test_picture_that_is_none_is_a_bad_row_before_anything_is_applied():
    make_product(sku="A")
    run = bring(
        ["A", "lamp.png"], header=["sku", "pictures"], pictures=write_zip(lamp__png=b"MZ\x90 no picture")
    )
    ((_line, outcome, problem),) = outcomes(run)
    assert (outcome, problem[:11]) == ("bad", "“lamp.png”:")


def test_file_that_cannot_be_read_is_refused_with_its_reason():
    run = bring(["A"], header=["colour"])
    assert (run.state, run.problem[:34]) == (ImportState.REFUSED, "The column “colour” is not known. ")
    assert not start_applying(run_id=run.pk, user=run.user)


def test_import_whose_process_died_goes_on_and_does_nothing_twice(monkeypatch):
    shelf = make_collection(title="Kitchen")
    for number in range(5):
        make_product(sku=f"S{number}", collection=shelf, inventory=1)
    run = bring(*([f"S{number}", "5"] for number in range(5)), header=["sku", "stock_change"])
    monkeypatch.setattr(imports, "ROWS_APPLIED_AT_ONCE", 2)
    start_applying(run_id=run.pk, user=run.user)
    monkeypatch.setattr(
        imports, "PAUSE_SECONDS", None
    )  # time.sleep(None) fails: the process dies after a chunk
    with pytest.raises(TypeError):
        continue_all()
    assert sorted(Product.objects.values_list("inventory", flat=True)) == [1, 1, 1, 6, 6]
    monkeypatch.setattr(imports, "PAUSE_SECONDS", 0)
    continue_all()
    continue_all()
    assert sorted(Product.objects.values_list("inventory", flat=True)) == [6] * 5
    assert CatalogueImport.objects.get().state == ImportState.DONE


def test_check_goes_on_where_it_stopped(monkeypatch):
    make_product(sku="A")
    monkeypatch.setattr(imports, "ROWS_CHECKED_AT_ONCE", 1)
    run = bring_file(
        file=write_sheet(["sku", "stock_change"], ["A", "1"], ["B", "1"], ["C", "1"]),
        name="x.csv",
        pictures=None,
        reason="x",
        user=make_staff(),
    )
    continue_all(seconds=0)
    assert CatalogueImport.objects.get().rows_checked == 0
    continue_all()
    assert list(run.rows.values_list("line", flat=True)) == [2, 3, 4]


def test_who_works_on_it_keeps_others_away_until_lost():
    run = bring_file(
        file=write_sheet(["sku"], ["A"]), name="x.csv", pictures=None, reason="x", user=make_staff()
    )
    now = timezone.now()
    assert claim(run_id=run.pk, at=now)
    assert not claim(run_id=run.pk, at=now + timedelta(seconds=60))
    assert claim(run_id=run.pk, at=now + timedelta(seconds=61))


def test_forgotten_imports_take_their_files_along():
    run = bring(["A", "5"], header=["sku", "stock_change"])
    assert private_files().exists(run.stored_file)
    forget_unapplied(before=timezone.now() + timedelta(seconds=1))
    assert not private_files().exists(run.stored_file)
    assert not CatalogueImport.objects.exists()
