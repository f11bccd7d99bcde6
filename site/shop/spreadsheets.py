"""Rows as files for a spreadsheet: texts never become formulas, and what is read again is what was written."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BYTE_ORDER_MARK = "\ufeff"  # which Excel asks for
ROWS_AT_ONCE = 500

Value = str | int | Decimal | None
Row = Sequence[Value]


def neutralise(value: object) -> str:
    """The value as a CSV cell: numbers plain, an apostrophe before a text that would be a formula."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def restore(text: str) -> str:
    """What `neutralise` was given."""
    is_marked = text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS)
    return text[1:] if is_marked else text


def stream_csv(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """A UTF-8 file in parts of `ROWS_AT_ONCE` rows, made while it is sent."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(neutralise(value) for value in header)
    for number, row in enumerate(rows, start=1):
        writer.writerow(neutralise(value) for value in row)
        if number % ROWS_AT_ONCE == 0:
            yield take(out)
    yield take(out)


def take(out: io.StringIO) -> bytes:
    content = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return content


def store_xlsx(header: Row, rows: Iterable[Row], *, title: str) -> IO[bytes]:
    """A file that is gone when it is closed. Texts as texts, numbers as numbers; the first row stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([make_cell(sheet, value, bold=True) for value in header])
    for row in rows:
        sheet.append([plain_value(sheet, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    book.save(file)
    file.seek(0)
    return file


def plain_value(sheet, value: Value) -> object:
    """As it is, which is quicker than a cell, but for what openpyxl would take for a formula or refuse."""
    is_safe = not isinstance(value, str) or not (value.startswith("=") or ILLEGAL_CHARACTERS_RE.search(value))
    return value if is_safe else make_cell(sheet, value)


def make_cell(sheet, value: Value, *, number_format: str = "General", bold: bool = False) -> WriteOnlyCell:
    """A text stays a text, whatever it begins with; control characters, which no sheet holds, are dropped."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    elif value is not None:
        cell.number_format = number_format
    if bold:
        cell.font = Font(bold=True)
    return cell
