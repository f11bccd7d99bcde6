"""Files of rows, CSV or XLSX, as somebody's program wrote them: read within bounds, or refused with a sentence."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from pages.sheets.columns import COLUMNS
from shop.spreadsheets import restore

LARGEST_FILE = 20 * 1024 * 1024
# What an XLSX may hold once it is unpacked: it is a ZIP of texts.
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 2000
MOST_ROWS = 50_000
MOST_COLUMNS = 100
DELIMITERS = (",", ";", "\t")
# Of a file of bad rows that is brought again.
TOLD = ("row", "problem")
# How others call a column.
ALSO_CALLED = {
    "delta": "stock_change",
    "change": "stock_change",
    "quantity": "stock_change",
    "hsn": "hsn_code",
}


class SheetRefused(Exception):
    """The file as a whole cannot be taken; the sentence says why and what to do."""


@dataclass(frozen=True)
class SheetRow:
    """`line` is the number that a spreadsheet shows beside it; empty cells are not among the `cells`."""

    line: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    columns: tuple[str, ...]
    rows: list[SheetRow]


def read_sheet(file: BinaryIO, *, name: str) -> Sheet:
    """The rows of the file, or of the first sheet of a workbook. Raises `SheetRefused`."""
    lines = read_workbook(file) if name.lower().endswith(".xlsx") else read_csv(file)
    numbered = ((line, cells) for line, cells in enumerate(lines, start=1) if any(cells))
    first = next(numbered, None)
    if first is None:
        raise SheetRefused(_("The file is empty."))
    columns = name_columns(first[1])
    rows = []
    for line, cells in numbered:
        if len(rows) == MOST_ROWS:
            raise SheetRefused(_("The file has more than %(most)s rows: split it.") % {"most": MOST_ROWS})
        rows.append(make_row(line, columns, cells))
    if not rows:
        raise SheetRefused(_("The file has its columns but no rows."))
    return Sheet(columns=columns, rows=rows)


def name_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Raises `SheetRefused` where one is unknown, stands twice, or the SKU is missing."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    names = tuple("_".join(cell.lower().split()) for cell in cells)
    names = tuple(ALSO_CALLED.get(name, name) for name in names)
    for name in names:
        if name not in (*COLUMNS, *TOLD):
            sentence = _("The column “%(name)s” is not known. These are: %(known)s.")
            raise SheetRefused(sentence % {"name": name[:60], "known": ", ".join(COLUMNS)})
        if names.count(name) > 1:
            raise SheetRefused(_("The column “%(name)s” stands there twice.") % {"name": name})
    if "sku" not in names:
        raise SheetRefused(_("The column “sku” is missing: it says which product a row is about."))
    return names


def make_row(line: int, columns: Sequence[str], cells: Sequence[str]) -> SheetRow:
    problem = _("It has more cells than the first row has columns.") if any(cells[len(columns) :]) else ""
    named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    return SheetRow(line=line, cells={name: cell for name, cell in named.items() if cell}, problem=problem)


def read_csv(file: BinaryIO) -> Iterator[list[str]]:
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise SheetRefused(_("The file is larger than 20 MB: split it."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = _(
            "The file is not written in UTF-8. Save it as “CSV UTF-8”, or as XLSX, and bring it again."
        )
        raise SheetRefused(sentence) from error
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [restore(cell) for cell in cells]
    except csv.Error as error:
        raise SheetRefused(_("The file cannot be read as CSV: %(error)s.") % {"error": error}) from error


def read_workbook(file: BinaryIO) -> Iterator[list[str]]:
    check_unpacked(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not believed
        for values in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [write_value(value) for value in values]
        book.close()
    except SheetRefused:
        raise
    except Exception as error:  # whatever openpyxl raises over somebody's bytes
        raise SheetRefused(_("The file cannot be read as XLSX. Save it again, or as “CSV UTF-8”.")) from error


def check_unpacked(file: BinaryIO) -> None:
    """A small file may hold a huge one."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise SheetRefused(_("The file cannot be read as XLSX. Save it again, or as “CSV UTF-8”.")) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise SheetRefused(_("The file holds too much: split it."))
    file.seek(0)


def write_value(value: object) -> str:
    """A cell as text; whole numbers without their .0, which a spreadsheet does not show either."""
    if value is None:
        return ""
    if isinstance(value, float):
        number = Decimal(repr(value))
        return f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number:f}"
    return str(value)
