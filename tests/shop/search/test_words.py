import pytest

from shop.search.spelling import find_allowance, measure_distance, measure_error
from shop.search.words import find_stem, list_query_words, list_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Brass Lamp, 30 cm", ["brass", "lamp", "30", "cm"]),
        ("Café – crème brûlée", ["cafe", "creme", "brulee"]),
        ("Men's T-shirt", ["mens", "t", "shirt"]),
        ("हिन्दी की किताब", ["हिन्दी", "की", "किताब"]),
        ("क़लम", ["कलम"]),  # with and without its nukta
        ("100%", ["100"]),
        ("%_", []),
    ],
)
def test_words_of_a_text(text, words):
    assert list_words(text) == words


def test_query_leaves_out_what_says_nothing_unless_there_is_nothing_else():
    assert list_query_words("a hat for the beach, a HAT") == ["hat", "beach"]
    assert list_query_words("for the") == ["for", "the"]


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("bowls", "bowl"),
        ("berries", "berry"),
        ("brushes", "brush"),
        ("boxes", "box"),
        ("glasses", "glass"),
        ("knives", "knife"),
        ("gloves", "glove"),
        ("glass", "glass"),
        ("cactus", "cactus"),
        ("gas", "gas"),
        ("किताबें", "किताबें"),
    ],
)
def test_singular_of_a_plural(plural, singular):
    assert find_stem(plural) == singular


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("lamp", "lamp", 0),
        ("lmap", "lamp", 1),
        ("lam", "lamp", 1),
        ("lump", "lamp", 1),
        ("", "lamp", 4),
        ("pmal", "lamp", 3),
    ],
)
def test_distance_counts_letters_and_swaps(one, other, distance):
    assert measure_distance(one, other) == measure_distance(other, one) == distance


def test_what_sounds_the_same_is_one_letter_away():
    assert (measure_error("microfone", "microphone"), measure_error("saree", "sari")) == (1, 1)
    assert [find_allowance(word) for word in ("tea", "lamp", "umbrella")] == [0, 1, 2]
