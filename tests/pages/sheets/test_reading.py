import io
import zipfile

import pytest

from pages.sheets import reading
from pages.sheets.reading import SheetRefused, read_sheet
from tests.factories.sheets import write_sheet, write_workbook


def cells(file, name="products.csv") -> list[tuple[int, dict[str, str]]]:
    return [(row.line, row.cells) for row in read_sheet(file, name=name).rows]


def test_csv_rows_keep_the_number_that_a_spreadsheet_shows():
    file = write_sheet(["SKU", "Stock Change"], ["A", "5"], [], ["B", ""])
    assert cells(file) == [(2, {"sku": "A", "stock_change": "5"}), (4, {"sku": "B"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_any_usual_delimiter(delimiter):
    text = delimiter.join(["sku", "price"]) + "\n" + delimiter.join(["A", "12.50"])
    assert cells(io.BytesIO(text.encode())) == [(2, {"sku": "A", "price": "12.50"})]


def test_workbook_reads_numbers_as_they_are_shown():
    file = write_workbook(["sku", "price", "delta"], [1001, 12.5, 10.0], ["=1+1", None, -3])
    assert cells(file, "stock.XLSX") == [
        (2, {"sku": "1001", "price": "12.5", "stock_change": "10"}),
        (3, {"stock_change": "-3"}),  # a formula without a computed value says nothing
    ]


def test_marked_formula_is_read_as_it_was_written():
    assert cells(write_sheet(["sku", "title"], ["A", "'=1+1"], ["B", "''-x"], ["C", "'quoted'"])) == [
        (2, {"sku": "A", "title": "=1+1"}),
        (3, {"sku": "B", "title": "'-x"}),
        (4, {"sku": "C", "title": "'quoted'"}),
    ]


def test_row_longer_than_the_header_is_a_problem_of_that_row():
    rows = read_sheet(write_sheet(["sku", "price"], ["A", "1", "2"], ["B", "1"]), name="x.csv").rows
    assert [bool(row.problem) for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("file", "name", "sentence"),
    [
        (io.BytesIO(b""), "x.csv", "The file is empty."),
        (write_sheet(["sku"]), "x.csv", "no rows"),
        (write_sheet(["price"], ["1"]), "x.csv", "The column “sku” is missing"),
        (write_sheet(["sku", "colour"], ["A", "1"]), "x.csv", "The column “colour” is not known."),
        (write_sheet(["sku", "SKU"], ["A", "1"]), "x.csv", "The column “sku” stands there twice."),
        (io.BytesIO("sku\nCafé".encode("latin-1")), "x.csv", "not written in UTF-8"),
        (io.BytesIO(b"sku\nA"), "x.xlsx", "cannot be read as XLSX"),
        (io.BytesIO(b"PK\x05\x06" + bytes(18)), "x.xlsx", "cannot be read as XLSX"),
    ],
)
def test_file_that_cannot_be_taken_is_refused_with_a_sentence(file, name, sentence):
    with pytest.raises(SheetRefused, match=sentence):
        read_sheet(file, name=name)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(SheetRefused, match="more than 2 rows"):
        read_sheet(write_sheet(["sku"], ["A"], ["B"], ["C"]), name="x.csv")


def test_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 1000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2000)
    with pytest.raises(SheetRefused, match="holds too much"):
        read_sheet(file, name="x.xlsx")
