import pytest

from shop.models import Product, Synonym
from shop.search.matching import filter_by_words, find_matches
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db


def titles(products) -> list[str]:
    return sorted(products.values_list("title", flat=True))


def find(text: str) -> list[str]:
    found = find_matches(Product.objects.live().leads(), text).products
    return list(found.order_by("-relevance", "title").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lamp", ["Brass Lamp", "Lampshade"]),
        ("BRASS la", ["Brass Lamp"]),
        ("amp", []),
        ("warm", ["Lampshade"]),
        ("lamp warm", ["Lampshade"]),
        ("(warm)", ["Lampshade"]),
        ("lamp.*", ["Brass Lamp", "Lampshade"]),
        ("(", ["Lampshade"]),
        ("%", []),
        ("brasses", []),
        ("handmade", []),
        ("", ["Brass Lamp", "Lampshade"]),
    ],
)
def test_strict_search_finds_words_of_title_and_description_that_begin_like_each_typed_word(text, found):
    make_item(title="Brass Lamp", description="Polished by hand.", tags=("Handmade",))
    make_item(title="Lampshade", description="Gives a (warm) light.")
    assert titles(filter_by_words(Product.objects.all(), text)) == found


def test_best_match_comes_first():
    make_item(title="Rug", description="Goes with any lamp.")
    make_item(title="Lampshade")
    make_item(title="Lamp with brass foot")
    make_item(title="Bulb, lamp white")
    assert find("lamp") == ["Lamp with brass foot", "Bulb, lamp white", "Lampshade", "Rug"]


def test_plural_tag_size_and_collection_find():
    lead = make_item(title="Kurta", tags=("Festive",))
    make_item(title="Kurta, Indigo", variant_of=lead, options={"Colour": "Indigo"}, sku="K-9")
    make_item(title="Berry bowl")
    assert find("kurtas") == find("festive") == find("indigo kurta") == find("k-9") == ["Kurta"]
    assert find("berries") == ["Berry bowl"]
    assert find("shelf") == ["Berry bowl", "Kurta"]


def test_exact_sku_comes_before_words():
    make_item(title="H-22 plug", sku="A-1")
    make_item(title="Other", sku="H-22")
    assert find("h-22") == ["Other", "H-22 plug"]


def test_typing_error_is_forgiven_where_nothing_is_found():
    make_item(title="Umbrella")
    make_item(title="Umbra wall light")
    found = find_matches(Product.objects.live(), "umbrela")
    assert (titles(found.products), found.corrected, found.has_every_word) == (["Umbrella"], "umbrella", True)
    assert find_matches(Product.objects.live(), "umbra").corrected == ""


def test_error_is_mended_by_a_word_of_what_is_on_sale():
    make_item(title="Lamp", is_live=False)
    make_item(title="Tamp")
    assert find("ramp") == ["Tamp"]


def test_some_words_find_where_no_product_has_all():
    make_item(title="Brass lamp")
    make_item(title="Brass bowl")
    make_item(title="Rug")
    found = find_matches(Product.objects.live(), "brass lamp xylophone")
    assert (find("brass lamp xylophone"), found.has_every_word) == (["Brass lamp", "Brass bowl"], False)
    assert find("xylophone") == find("?!") == find("") == []


def test_synonyms_find_one_another_in_one_word_and_in_several():
    make_item(title="Three-seater sofa")
    make_item(title="Couch grass seeds")
    make_item(title="Teddy bear")
    make_item(title="Polar bear print")
    Synonym.objects.create(words="sofa, Couches , settee")
    Synonym.objects.create(words="soft toy, teddy bear")
    assert find("settees") == ["Three-seater sofa", "Couch grass seeds"]
    assert find("couch")[0] == "Couch grass seeds"
    assert find("soft toys") == ["Teddy bear"]


def test_devanagari_words_are_found_whole_begun_and_misspelt():
    make_item(title="मिट्टी का दीपक")
    make_item(title="पीतल का दीया")
    assert find("दीपक") == find("मिट") == find("दीपख") == ["मिट्टी का दीपक"]


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_however_many_are_found(count_queries, count):
    for _number in range(count):
        make_item(title="Brass lamp")
    with count_queries(5):  # synonyms, the SKU, whether there are any, and the rows
        assert len(find_matches(Product.objects.live().leads(), "brass lamp").products) == count
