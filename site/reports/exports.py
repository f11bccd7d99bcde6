"""Reports as files for a spreadsheet."""

import csv
import io

from openpyxl import Workbook

from reports.tables import Kind, Table, Value
from shop.spreadsheets import make_cell, neutralise

FORMATS = {Kind.MONEY: "#,##0.00", Kind.WHOLE: "0", Kind.PERCENT: "0.00", Kind.DECIMAL: "0.0"}
PLAIN = "General"
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
    sheet.append([make_cell(sheet, str(column.label), bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append(
            [
                make_cell(sheet, value, number_format=FORMATS.get(column.kind, PLAIN))
                for value, column in zip(row, table.columns, strict=True)
            ]
        )
    if table.total:
        pairs = zip(table.total, table.columns, strict=True)
        sheet.append(
            [
                make_cell(sheet, value, number_format=FORMATS.get(column.kind, PLAIN), bold=True)
                for value, column in pairs
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def all_rows(table: Table) -> list[tuple[Value, ...]]:
    return [*table.rows, table.total] if table.total else table.rows
