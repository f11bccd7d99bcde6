"""The search page, its suggestions, and how searches are counted."""

import pytest
from django.utils import timezone

from shop.models import SearchedText
from tests.factories.catalogue import make_collection, make_picture, make_product, warm_settings

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _shop(home):
    make_product(
        title="Brass lamp", slug="lamp", collection=make_collection(title="Lighting"), unit_price="100000"
    )


def test_results_say_what_was_looked_for_instead(client):
    answer = client.get("/search/?q=brss+lamp")
    assert (answer.context["corrected"], answer.context["total"]) == ("brass lamp", 1)
    assert "Results for “brass lamp”" in answer.content.decode()
    assert "Nothing here is called “brss lamp”" in answer.content.decode()


def test_empty_result_leads_on(client):
    SearchedText.objects.create(day_on=timezone.localdate(), text="brass lamp", results=1, count=3)
    context = client.get("/search/?q=zeppelin").context
    assert [(link.title, link.url) for link in context["popular_searches"]] == [
        ("brass lamp", "/search/?q=brass+lamp")
    ]
    assert [tile.title for tile in context["collection_tiles"]] == ["Lighting"]
    assert [card.title for card in context["newest_cards"]] == ["Brass lamp"]
    assert client.get("/search/").context["newest_cards"] == context["newest_cards"]


def test_suggestions_lead_to_searches_collections_and_products(client):
    SearchedText.objects.create(day_on=timezone.localdate(), text="light bulb", results=1, count=3)
    made = make_product(title="Light switch", slug="switch", unit_price="100", pictures=[make_picture()])
    picture = made.images.get().picture.file.url
    found = client.get("/search/suggestions/?q=light").json()["suggestions"]
    assert found == [
        {
            "kind": "search",
            "label": "light bulb",
            "url": "/search/?q=light+bulb",
            "detail": "",
            "picture": "",
        },
        {"kind": "collection", "label": "Lighting", "url": "/lighting/", "detail": "", "picture": ""},
        {
            "kind": "product",
            "label": "Light switch",
            "url": f"{made.collection.page.url}switch/",
            "detail": "₹110",
            "picture": picture,
        },
        {
            "kind": "product",
            "label": "Brass lamp",
            "url": "/lighting/lamp/",
            "detail": "₹1,10,000",
            "picture": "",
        },
    ]
    assert client.get("/search/suggestions/?q=l").json()["suggestions"] == found[:1]


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_the_same_however_many_there_are(client, count_queries, count):
    for _number in range(count):
        make_product(title="Wall light", pictures=[make_picture()])
    warm_settings()
    client.get("/search/suggestions/?q=none")
    with count_queries(18):
        client.get("/search/suggestions/?q=wall")


def test_seen_search_is_counted_once_it_says_so(client):
    for _time in range(2):
        receipt = client.get("/search/?q=Brass").context["receipt"]
        assert client.post("/search/seen/", {"receipt": receipt}, headers=SAME_ORIGIN).status_code == 204
    row = SearchedText.objects.get()
    assert (row.text, row.results, row.count, row.day_on) == ("brass", 1, 2, timezone.localdate())


def test_search_for_what_nothing_has_counts_as_without_result(client):
    receipt = client.get("/search/?q=brass+zeppelin").context["receipt"]
    client.post("/search/seen/", {"receipt": receipt}, headers=SAME_ORIGIN)
    assert SearchedText.objects.get().results == 0


def test_only_our_own_pages_are_believed(client):
    receipt = client.get("/search/?q=brass").context["receipt"]
    assert client.post("/search/seen/", {"receipt": receipt}).status_code == 403
    assert client.post("/search/seen/", {"receipt": "forged"}, headers=SAME_ORIGIN).status_code == 400
    assert not SearchedText.objects.exists()


def test_pages_and_filters_of_a_search_count_no_search(client):
    for query in ("?q=brass&page=2", "?q=brass&in_stock=on", "", "?q="):
        assert client.get(f"/search/{query}").context["receipt"] == ""


def test_search_page_is_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex, follow">' in client.get("/search/?q=brass").content.decode()
