"""The stylesheet of the shop's look, and the looks to start from."""

import pytest

from pages.colours import measure_contrast
from pages.fonts import FAMILIES, SCALES, FontStack, TypeScale
from pages.looks import LOOKS
from pages.models import ShopSettings
from pages.shown_look import sign_look
from pages.theme import derive_colours, make_theme


def test_every_choice_has_its_values():
    assert set(FAMILIES) == set(FontStack)
    assert set(SCALES) == set(TypeScale)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look.name))
def test_a_look_is_valid_and_reads(look):
    shop = ShopSettings(name="Haat", **look.fields)
    shop.full_clean()
    assert make_theme(shop).radius == look.radius


@pytest.mark.parametrize(
    ("background", "ink"), [(look.background, look.ink) for look in LOOKS] + [("#101418", "#f2f2ee")]
)
def test_all_that_is_derived_can_be_read(background, ink):
    colours = derive_colours(background=background, ink=ink)
    for name in ("ink", "muted", "success", "warning", "danger"):
        for paper in ("paper", "tint"):
            assert measure_contrast(colours[name], colours[paper]) >= 4.5, (name, paper)
    assert measure_contrast(colours["edge"], colours["paper"]) >= 3


def test_links_on_dark_paper_keep_the_shops_colour():
    assert derive_colours(background="#101418", ink="#f2f2ee")["accent-text"] == "var(--accent)"
    assert "accent-text" not in derive_colours(background="#fcfaf6", ink="#211c17")


@pytest.mark.django_db
def test_a_signed_look_has_a_stylesheet_of_its_own_that_nobody_keeps(client, rf):
    signed = sign_look(ShopSettings(accent="#123456", heading_font=FontStack.SLAB))
    answer = client.get("/theme.css", {"look": signed})
    assert "--accent: #123456;" in answer.content.decode()
    assert "--heading-font: Rockwell" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    forged = client.get("/theme.css", {"look": signed[:-1]})
    assert "--accent: #0f5f57;" in forged.content.decode()
