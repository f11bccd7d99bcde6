"""Names and addresses in India's scripts: which font draws which part of a text.

Noto Sans draws Latin letters. Each other script has a font of its own, which has digits and punctuation too, so a
word in one script is drawn, and shaped, by one font.
"""

from functools import cache
from itertools import groupby
from pathlib import Path

import uharfbuzz
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

# In the order of their Unicode blocks, 128 signs each.
SCRIPTS = (
    "Devanagari",
    "Bengali",
    "Gurmukhi",
    "Gujarati",
    "Oriya",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
)
FIRST_SIGN, BLOCK = 0x0900, 0x80
FONTS = Path(__file__).parent / "fonts"
SHARED_SIGNS = (
    "\u0964\u0965\u200c\u200d"  # danda, double danda, and the joiners belong to the word they stand in
)


def find_script(sign: str) -> str | None:
    """The script of a sign; None for Latin letters, and for what every font has."""
    block = (ord(sign) - FIRST_SIGN) // BLOCK
    return SCRIPTS[block] if sign not in SHARED_SIGNS and 0 <= block < len(SCRIPTS) else None


def needs_scripts(text: str) -> bool:
    return any(find_script(sign) for sign in text)


def split_scripts(text: str) -> list[tuple[str | None, str]]:
    """The text in pieces of one script each (None: Noto Sans), with a blank where two meet within a word.

    Without the blank both would be one word, which is shaped by the font of its first letter.
    """
    pieces: list[tuple[str | None, str]] = []
    for word, signs in groupby(text, key=str.isspace):
        whole = "".join(signs)
        if word:
            pieces.append((None, whole))
            continue
        runs = split_word(whole)
        for position, run in enumerate(runs):
            pieces += [(None, " "), run] if position else [run]
    return pieces


def split_word(word: str) -> list[tuple[str | None, str]]:
    """Digits and punctuation go with what stands before them, or, at the start, with what follows.

    Noto Sans draws what the script's font has not: @ and &, for example.
    """
    scripts: list[str | None] = []
    current = next((find_script(sign) for sign in word if is_letter(sign)), None)
    for sign in word:
        current = find_script(sign) if is_letter(sign) else current
        scripts.append(current if current and has_sign(current, sign) else None)
    runs = groupby(zip(scripts, word, strict=True), key=lambda pair: pair[0])
    return [(script, "".join(sign for _script, sign in run)) for script, run in runs]


def is_letter(sign: str) -> bool:
    return sign.isalpha() or find_script(sign) is not None


def name_font(script: str) -> str:
    return f"NotoSans{script}"


def has_sign(script: str, sign: str) -> bool:
    return ord(sign) in getFont(register_script(script)).face.charToGlyph


@cache
def register_script(script: str) -> str:
    """Make the font of a script known, and give its name. Only what is used of it is embedded."""
    name = name_font(script)
    font = TTFont(name, FONTS / f"{name}-Regular.ttf")
    name_joined_signs(font)
    registerFont(font)
    registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)
    return name


def name_joined_signs(font: TTFont) -> None:
    """Give each sign that only shaping makes its code, in the order of the font.

    Left alone, reportlab gives codes as signs turn up: the same document would be another file after other ones.
    """
    shaper: uharfbuzz.Font = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            advance = shaper.get_glyph_h_advance(glyph)
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, advance)
