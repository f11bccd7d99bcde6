"""Three looks to start from: values of the shop's settings, to be filled in and then changed at will."""

from dataclasses import asdict, dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pages.fonts import FontStack, TypeScale


@dataclass(frozen=True)
class Look:
    name: str | Promise
    text: str | Promise
    accent: str
    background: str
    ink: str
    text_font: str
    heading_font: str
    type_scale: str
    radius: int

    @property
    def fields(self) -> dict[str, str]:
        """By the names of the settings' fields, as a form shows them."""
        values = asdict(self)
        return {key: str(value) for key, value in values.items() if key not in ("name", "text")}


LOOKS = (
    Look(
        name=_("Market"),
        text=_("Warm paper, deep green, round corners"),
        accent="#0f5f57",
        background="#fcfaf6",
        ink="#211c17",
        text_font=FontStack.SANS,
        heading_font=FontStack.SANS,
        type_scale=TypeScale.REGULAR,
        radius=10,
    ),
    Look(
        name=_("Indigo"),
        text=_("Cool white, indigo, sharp corners, serif headings"),
        accent="#2d3a8c",
        background="#fafbfd",
        ink="#171a2b",
        text_font=FontStack.GROTESQUE,
        heading_font=FontStack.SERIF,
        type_scale=TypeScale.GENEROUS,
        radius=2,
    ),
    Look(
        name=_("Marigold"),
        text=_("Cream, burnt orange, very round, friendly letters"),
        accent="#a03d0b",
        background="#fff9ee",
        ink="#2a1a10",
        text_font=FontStack.ROUNDED,
        heading_font=FontStack.SLAB,
        type_scale=TypeScale.REGULAR,
        radius=20,
    ),
)
