import pytest

from shop.models import Product, SearchSpelling, SearchWord
from shop.services.products import copy_content
from shop.services.search_index import index_missing, index_products, rebuild_index
from tests.factories.catalogue import make_item, make_shelf

pytestmark = pytest.mark.django_db(transaction=True)


def words(product) -> dict[str, tuple[int, bool]]:
    return {row.word: (row.weight, row.is_text) for row in product.search_words.all()}


def test_words_weigh_by_where_they_stand():
    lead = make_item(
        title="Leather satchels with strap, tan", description="For books.", sku="S-1", tags=("Gift",)
    )
    make_item(title="x", variant_of=lead, options={"Size": "Large"}, sku="S-2")
    assert words(lead) == {
        "leather": (12, True), "satchels": (16, True), "satchel": (16, False), "with": (5, True),
        "strap": (5, True), "tan": (5, True), "for": (2, True), "books": (2, True), "book": (2, False),
        "gift": (5, False), "large": (5, False), "s": (5, False), "1": (5, False), "2": (5, False),
        "shelf": (3, False),
    }  # fmt: skip


def test_published_words_replace_the_old_ones():
    product = make_item(title="Lamp")
    shelf = make_shelf()
    copy_content(
        product=product, title="Rug", slug="rug", description="", collection_id=shelf.pk, is_live=True
    )
    assert {"rug", "shelf"} <= set(words(product))
    assert "lamp" not in words(product)


def test_unchanged_words_are_not_written_again(count_queries):
    product = make_item(title="Lamp", description="Of brass.")
    with count_queries() as counted:
        index_products([product.pk])
    assert [sql for sql in counted.statements if not sql.startswith("SELECT")] == []


def test_missing_products_are_indexed_and_a_renamed_collection_by_rebuilding():
    product, other = make_item(title="Lamp"), make_item(title="Rug")
    SearchWord.objects.filter(product=product).delete()
    assert (index_missing(), index_missing()) == (1, 0)
    assert "lamp" in words(product)
    Product.objects.get(pk=other.pk).collection.__class__.objects.update(title="Textiles")
    assert rebuild_index() == 2
    assert "textiles" in words(other)


def test_spellings_are_noted_once_and_not_of_numbers():
    make_item(title="Tea 250")
    make_item(title="Tea 250")
    forms = SearchSpelling.objects.filter(word="tea").values_list("form", flat=True)
    assert sorted(forms) == ["ea", "ta", "te", "tea", "~tea"]
    assert not SearchSpelling.objects.filter(word="250").exists()
