import pytest

from pages.colours import choose_ink, find_nearest, measure_contrast, measure_luminance, mix
from pages.models import ShopSettings


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#000000", "#ffffff"),
        ("#0f5f57", "#ffffff"),
        ("#757575", "#ffffff"),
        ("#777777", "#000000"),
        ("#facc15", "#000000"),
        ("#ffffff", "#000000"),
    ],
)
def test_ink_is_what_reads_better(colour, ink):
    assert choose_ink(colour) == ink


def test_luminance_weighs_the_channels_as_wcag_says():
    colours = ("#ff0000", "#00ff00", "#0000ff", "#ffffff")
    assert [round(measure_luminance(colour), 4) for colour in colours] == [0.2126, 0.7152, 0.0722, 1.0]


def test_contrast_is_wcags_whichever_comes_first():
    assert measure_contrast("#000000", "#ffffff") == measure_contrast("#ffffff", "#000000") == 21
    assert round(measure_contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize(
    ("colour", "on", "nearest"),
    [
        ("#0f5f57", "#fcfaf6", "#0f5f57"),
        ("#777777", "#ffffff", "#767676"),
        ("#facc15", "#ffffff", "#8e740c"),
        ("#facc15", "#000000", "#facc15"),
        ("#333333", "#222222", "#898989"),
    ],
)
def test_nearest_colour_is_the_first_shade_or_tint_that_reads(colour, on, nearest):
    assert find_nearest(colour, on=on) == nearest
    assert measure_contrast(nearest, on) >= 4.5


def test_mixing_goes_from_one_to_the_other():
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


def test_a_shop_knows_the_ink_of_its_colour():
    assert ShopSettings(accent="#facc15").accent_ink == "#000000"
