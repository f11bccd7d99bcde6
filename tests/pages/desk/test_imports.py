"""A file brought in the admin: checked, looked at, applied, its bad rows taken along."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pages.models import CatalogueImport
from pages.services import imports
from pages.services.imports import continue_all
from shop.models import Product
from tests.factories.catalogue import make_product, warm_settings
from tests.factories.sheets import write_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path, monkeypatch, broker):
    settings.PRIVATE_DIR = tmp_path / "private"
    monkeypatch.setattr(imports, "PAUSE_SECONDS", 0)


def bring(client, *rows, name="stock.csv", reason="Delivery", header=("sku", "stock_change"), **files):
    file = SimpleUploadedFile(name, write_sheet(header, *rows).getvalue())
    return client.post(reverse("catalogue_imports"), {"file": file, "reason": reason, **files})


def test_restock_by_file_with_two_bad_rows(manager):
    make_product(sku="A", inventory=10)
    answer = bring(manager, ["A", "5"], ["B", "5"], ["", "1"])
    run = CatalogueImport.objects.get()
    assert answer["Location"] == reverse("catalogue_import", args=[run.pk])
    assert "waits to be checked" in manager.get(answer["Location"]).content.decode()
    continue_all()
    html = manager.get(answer["Location"]).content.decode()
    for text in (
        "1 row would change something. Nothing is written yet.",
        "2 rows are bad and would be left out.",
        "There is no product with the SKU “B”.",
        "The SKU is missing.",
        "Apply 1 row",
    ):
        assert text in html
    manager.post(reverse("catalogue_import_apply", args=[run.pk]))
    assert "0 of 3" not in manager.get(answer["Location"]).content.decode()
    continue_all()
    html = manager.get(answer["Location"]).content.decode()
    assert "1 row is applied." in html
    assert "data-poll" not in html
    assert Product.objects.get().inventory == 15


def test_bad_rows_are_downloaded_with_row_and_reason_and_can_be_brought_again(manager):
    bring(manager, ["=B", "5"])
    continue_all()
    run = CatalogueImport.objects.get()
    content = b"".join(manager.get(reverse("catalogue_import_bad", args=[run.pk])).streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["sku", "stock_change", "row", "problem"],
        ["'=B", "5", "2", "There is no product with the SKU “=B”."],
    ]
    bring(manager, *rows[1:], header=rows[0])
    continue_all()
    assert [row.sku for row in CatalogueImport.objects.first().rows.all()] == ["=B"]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"name": "stock.exe"}, "Bring a file whose name ends in .csv or .xlsx."),
        ({"reason": ""}, "Say why, in a few words"),
        ({"pictures": SimpleUploadedFile("x.rar", b"x")}, "Bring a file whose name ends in .zip."),
    ],
)
def test_bad_upload_is_said_beside_its_field(manager, wish, sentence):
    answer = bring(manager, ["A", "5"], **wish)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not CatalogueImport.objects.exists()


def test_refused_file_says_why(manager):
    bring(manager, ["A"], header=["colour"])
    continue_all()
    html = manager.get(reverse("catalogue_import", args=[CatalogueImport.objects.get().pk])).content.decode()
    assert "The column “colour” is not known." in html
    assert "Apply" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_import_asks_no_more_for_more_rows(manager, count_queries, rows):
    bring(manager, *([f"S{number}", "5"] for number in range(rows)))
    continue_all()
    url = reverse("catalogue_import", args=[CatalogueImport.objects.get().pk])
    warm_settings()
    manager.get(url)
    with count_queries(20) as counted:
        manager.get(url)
    assert len(counted) == 12


def test_export_holds_what_the_table_shows(looker):
    make_product(sku="A", title="=cmd|' /C calc'!A0", inventory=3)
    make_product(sku="B", inventory=0)
    answer = looker.get(reverse("catalogue_export", args=["csv"]) + "?stock=low")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [(row["sku"], row["title"], row["stock"]) for row in rows] == [("A", "'=cmd|' /C calc'!A0", "3")]
    assert answer["Content-Disposition"].startswith('attachment; filename="products-')


def test_export_of_those_ticked(looker):
    make_product(sku="A")
    chosen = make_product(sku="B")
    query = {"chosen": [chosen.pk], "within": "", "all": ""}
    answer = looker.get(reverse("catalogue_export", args=["csv"]), query)
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["sku"] for row in rows] == ["B"]


def test_unknown_kind_of_export_is_not_found(looker):
    assert looker.get(reverse("catalogue_export", args=["exe"])).status_code == 404
