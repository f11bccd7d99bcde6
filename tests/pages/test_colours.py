import pytest

from pages.colours import choose_ink, measure_luminance
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
    assert [
        round(measure_luminance(colour), 4) for colour in ("#ff0000", "#00ff00", "#0000ff", "#ffffff")
    ] == [
        0.2126,
        0.7152,
        0.0722,
        1.0,
    ]


def test_a_shop_knows_the_ink_of_its_colour():
    assert ShopSettings(accent="#facc15").accent_ink == "#000000"
