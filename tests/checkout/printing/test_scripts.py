"""Text in India's scripts on paper: each part by its own font, letters joined, the same bytes each time."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import getFont

from checkout.printing.scripts import SCRIPTS, needs_scripts, register_script, split_scripts
from checkout.printing.styles import choose_fonts, register_fonts, write
from checkout.services.documents import draw
from tests.factories.catalogue import set_seller
from tests.factories.documents import make_invoice, make_taxed_item

WORDS = {
    "Devanagari": "क्षेत्रीय",
    "Bengali": "শাড়ি",
    "Gurmukhi": "ਫੁਲਕਾਰੀ",
    "Gujarati": "પટોળા",
    "Oriya": "ଓଡ଼ିଶା",
    "Tamil": "பட்டுப்",
    "Telugu": "చేనేత",
    "Kannada": "ಶ್ರೀಗಂಧ",
    "Malayalam": "കൈത്തറി",
}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Brass lamp, 12 cm", [(None, "Brass"), (None, " "), (None, "lamp,"), (None, " "), (None, "12")]),
        ("मकान 12/३,", [("Devanagari", "मकान"), (None, " "), ("Devanagari", "12/३,")]),
        ("MGरोड", [(None, "MG"), (None, " "), ("Devanagari", "रोड")]),
        ("राम&सन्स", [("Devanagari", "राम"), (None, " "), (None, "&"), (None, " "), ("Devanagari", "सन्स")]),
        ("ଓଡ଼ି-12", [("Oriya", "ଓଡ଼ି"), (None, " "), (None, "-"), (None, " "), ("Oriya", "12")]),
        ("(श्री)", [("Devanagari", "(श्री)")]),
        ("বাংলা।", [("Bengali", "বাংলা।")]),
        ("नगर\nपुर", [("Devanagari", "नगर"), (None, "\n"), ("Devanagari", "पुर")]),
    ],
)
def test_each_word_is_of_one_font(text, pieces):
    assert split_scripts(text)[: len(pieces)] == pieces


@pytest.mark.parametrize(("script", "word"), WORDS.items())
def test_fonts_have_every_sign_of_their_script(script, word):
    assert split_scripts(word) == [(script, word)]
    font = getFont(register_script(script))
    assert all(ord(sign) in font.face.charToGlyph for sign in f"{word} 0123456789().,/₹")
    assert set(WORDS) == set(SCRIPTS)


def test_latin_text_is_drawn_as_ever():
    assert not needs_scripts("Café ₹1,234.50 – “Ångström”")
    assert write("Lamp <b>").style.shaping == 0
    assert write("दीपक").style.shaping == 1
    assert choose_fonts("दीपक <b>") == '<font name="NotoSansDevanagari">दीपक</font> &lt;b&gt;'


def test_signs_that_only_shaping_makes_have_codes_in_the_order_of_the_font():
    register_fonts()
    face = getFont(register_script("Devanagari")).face
    made = sorted(code for code in face.charToGlyph if 0xE000 <= code <= 0xF8FF)
    assert made == list(range(0xE000, 0xE000 + len(made)))
    assert [face.charToGlyph[code] for code in made] == sorted(face.charToGlyph[code] for code in made)
    assert len(face.glyphToChar) == face.numGlyphs


@pytest.mark.django_db
def test_invoice_in_other_scripts_is_the_same_file_whatever_was_printed_before():
    set_seller(trade_name="हाट", footer="धन्यवाद!")
    invoice = make_invoice((make_taxed_item(title=" ".join(WORDS.values())), 1), name="राजेन्द्र शर्मा")
    first = draw(invoice)
    draw(make_invoice((make_taxed_item("5.00", title="हस्तनिर्मित कृष्ण"), 1)))
    assert draw(invoice) == first
    fonts = PdfReader(BytesIO(first)).pages[0]["/Resources"]["/Font"].values()
    named = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts}
    assert {f"NotoSans{script}-Regular" for script in SCRIPTS} <= named
