"""Letters, colours and measures of the sheet. Lengths are points."""

from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from checkout.printing.scripts import FONTS, needs_scripts, register_script, split_scripts

REGULAR, BOLD = "NotoSans", "NotoSans-SemiBold"
PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 38.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
INK, MUTED, LINE = HexColor("#211c17"), HexColor("#655c52"), HexColor("#d9d2c7")


@cache
def register_fonts() -> None:
    """Noto Sans has the rupee sign, which PDF's own fonts lack; only the letters used are embedded."""
    registerFont(TTFont(REGULAR, FONTS / "NotoSans-Regular.ttf"))
    registerFont(TTFont(BOLD, FONTS / "NotoSans-SemiBold.ttf"))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def make_style(name: str, *, size: float, font: str = REGULAR, color=INK, **options) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.36, textColor=color, **options)


SMALL = make_style("small", size=7)
SMALL_MUTED = make_style("small muted", size=7, color=MUTED)
BODY = make_style("body", size=8)
LABEL = make_style("label", size=7, font=BOLD, color=MUTED, spaceAfter=2, keepWithNext=1)
NUMBER = make_style("number", size=8, alignment=TA_RIGHT)
NUMBER_SMALL = make_style("number small", size=7, alignment=TA_RIGHT)
HEAD = make_style("head", size=7, font=BOLD, color=MUTED)
HEAD_NUMBER = make_style("head number", size=7, font=BOLD, color=MUTED, alignment=TA_RIGHT)
STRONG = make_style("strong", size=8, font=BOLD)
STRONG_NUMBER = make_style("strong number", size=8, font=BOLD, alignment=TA_RIGHT)
GRAND = make_style("grand", size=11, font=BOLD)
GRAND_NUMBER = make_style("grand number", size=11, font=BOLD, alignment=TA_RIGHT)
TITLE = make_style("title", size=17, font=BOLD, alignment=TA_RIGHT)
SUBTITLE = make_style("subtitle", size=7.5, color=MUTED, alignment=TA_RIGHT)
SHOP = make_style("shop", size=17, font=BOLD)
RUNNING_NAME = make_style("running name", size=9, font=BOLD)


def write(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text: what a person typed is never markup."""
    if needs_scripts(text):
        return Paragraph(choose_fonts(text), find_shaping_style(style))
    return Paragraph(mark_up(text), style)


def mark_up(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def choose_fonts(text: str) -> str:
    """The text as markup that names the font of each part that Noto Sans does not draw."""
    return "".join(
        f'<font name="{register_script(script)}">{mark_up(part)}</font>' if script else mark_up(part)
        for script, part in split_scripts(text)
    )


@cache
def find_shaping_style(style: ParagraphStyle) -> ParagraphStyle:
    """The same with letters that join and change places, as most of India's scripts want, and room for them."""
    leading = style.fontSize * 1.6
    return style.clone(f"{style.name} shaped", shaping=1, leading=leading, splitLongWords=0)


def tint(accent: str, share: float) -> Color:
    """The accent mixed into white: `share` of it."""
    red, green, blue = HexColor(accent).rgb()
    return Color(*(1 - share * (1 - channel) for channel in (red, green, blue)))
