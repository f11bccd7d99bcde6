"""Cells as values: each parser answers with what the cell means, or says in a sentence why it cannot."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pages.sheets.columns import BETWEEN
from shop.pricing import PAISA
from shop.services.bulk_changes import HIGHEST_PRICE, LARGEST_STOCK
from shop.validators import validate_hsn_code

# A cell that empties what may be empty; an empty cell leaves it as it is.
NOTHING = "-"
LONGEST_TITLE = 255
LONGEST_NAME = 60


class BadCell(ValueError):
    """The sentence names the column and says what to write."""


def read_price(text: str) -> Decimal:
    try:
        price = Decimal(text.replace("₹", "").replace(",", "").strip())
    except InvalidOperation as error:
        raise BadCell(_("“%(text)s” is no price.") % {"text": text[:40]}) from error
    if not price.is_finite() or not 0 <= price <= HIGHEST_PRICE or price != price.quantize(PAISA):
        raise BadCell(_("“%(text)s” is no price.") % {"text": text[:40]})
    if 0 < price < 1:
        raise BadCell(_("₹1 is the lowest price."))
    return price.quantize(PAISA)


def read_whole(text: str) -> int:
    """A whole number of 0 or more."""
    number = read_change(text)
    if number < 0:
        raise BadCell(_("“%(text)s” is below 0.") % {"text": text[:40]})
    return number


def read_change(text: str) -> int:
    try:
        number = int(text.replace(",", "").lstrip("+"))
    except ValueError as error:
        raise BadCell(_("“%(text)s” is no whole number.") % {"text": text[:40]}) from error
    if abs(number) > LARGEST_STOCK:
        raise BadCell(_("“%(text)s” is too much.") % {"text": text[:40]})
    return number


def read_title(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        raise BadCell(_("It may have 255 characters at most."))
    return text


def read_text(text: str) -> str:
    return "" if text == NOTHING else text


def read_hsn_code(text: str) -> str:
    code = read_text(text)
    try:
        if code:
            validate_hsn_code(code)
    except ValidationError as error:
        raise BadCell(" ".join(error.messages)) from error
    return code


def read_names(text: str) -> tuple[str, ...]:
    """Names between semicolons, each once, in their order."""
    names = tuple(
        dict.fromkeys(part.strip() for part in read_text(text).split(BETWEEN.strip()) if part.strip())
    )
    if any(len(name) > LONGEST_NAME for name in names):
        raise BadCell(_("A name may have 60 characters at most."))
    return names


def read_files(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(BETWEEN.strip()) if part.strip()))


def read_options(text: str) -> dict[str, str]:
    """“Size: M; Colour: Red”."""
    pairs = [part.partition(":") for part in text.split(BETWEEN.strip()) if part.strip()]
    options = {name.strip(): value.strip() for name, _colon, value in pairs}
    if not options or not all(options) or not all(options.values()) or len(options) != len(pairs):
        raise BadCell(_("Write what tells it apart like this: Size: M; Colour: Red."))
    if any(len(name) > 40 or len(value) > 80 for name, value in options.items()):
        raise BadCell(_("A name may have 40 characters, a value 80."))
    return options


READERS: dict[str, Callable[[str], Any]] = {
    "title": read_title,
    "description": read_text,
    "collection": str,
    "variant_of": str,
    "options": read_options,
    "price": read_price,
    "price_was": read_price,
    "stock": read_whole,
    "stock_was": read_whole,
    "stock_change": read_change,
    "low_stock_from": read_whole,
    "weight_grams": read_whole,
    "tax_class": read_text,
    "hsn_code": read_hsn_code,
    "tags": read_names,
    "pictures": read_files,
}


def read_cells(cells: dict[str, str]) -> dict[str, Any]:
    """The value of each cell that says something. Raises `BadCell`."""
    values = {}
    for name, reader in READERS.items():
        if name in cells:
            try:
                values[name] = reader(cells[name])
            except BadCell as error:
                raise BadCell(f"{name}: {error}") from error
    return values
