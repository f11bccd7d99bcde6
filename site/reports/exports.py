"""Reports as files for a spreadsheet."""

import csv
import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from reports.tables import Kind, Table, Value

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {Kind.MONEY: "#,##0.00", Kind.WHOLE: "0", Kind.PERCENT: "0.00", Kind.DECIMAL: "0.0"}
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTHS = {Kind.TEXT: 32, Kind.MONEY: 16}


def write_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, which Excel asks for. Numbers plain, texts never formulas."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(neutralise(str(column.label)) for column in table.columns)
    for row in all_rows(table):
        writer.writerow(neutralise(value) for value in row)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(table: Table, *, title: str) -> bytes:
    """Texts as texts, amounts as numbers with their format; the first row stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for position, column in enumerate(table.columns):
        letter = chr(ord("A") + position) if position < 26 else f"A{chr(ord('A') + position - 26)}"
        sheet.column_dimensions[letter].width = WIDTHS.get(column.kind, 12)
    sheet.append([make_cell(sheet, str(column.label), Kind.TEXT, bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append(
            [make_cell(sheet, value, column.kind) for value, column in zip(row, table.columns, strict=True)]
        )
    if table.total:
        pairs = zip(table.total, table.columns, strict=True)
        sheet.append([make_cell(sheet, value, column.kind, bold=True) for value, column in pairs])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def all_rows(table: Table) -> list[tuple[Value, ...]]:
    return [*table.rows, table.total] if table.total else table.rows


def neutralise(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def make_cell(sheet, value: Value, kind: Kind, *, bold: bool = False):
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    elif value is not None:
        cell.number_format = FORMATS.get(kind, "General")
    if bold:
        cell.font = Font(bold=True)
    return cell
