"""Each block on a page, with today's price and stock."""

from decimal import Decimal

import pytest
from django.urls import reverse

from pages.blocks import PageBody, ProductBody
from pages.models import LandingPage
from shop.models import Product
from tests.factories.catalogue import make_collection, make_picture, make_product, page_of, set_tax

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client, home):
    """The rendered page of these blocks, and the context of the first one."""

    def show(*blocks) -> str:
        page = home.add_child(instance=LandingPage(title="Landing", slug="landing", body=list(blocks)))
        html = client.get(page.url).content.decode()
        page.delete()
        return html

    return show


def titles(html: str) -> list[str]:
    return [part.partition("</a>")[0].partition(">")[2] for part in html.split('class="card__link"')[1:]]


def grid(rule: str, **values) -> tuple[str, dict]:
    empty = {"heading": "", "collection": None, "tag": "", "highest_price": None, "products": [], "limit": 8}
    return "product_grid", {**empty, "rule": rule, **values}


TEXT = {"heading": "Made by hand", "text": "Every Monday.", "link_label": "Look", "link_page": None}


def test_hero_with_and_without_a_picture(show):
    picture = make_picture()
    picture.description = "A teapot"
    picture.save()
    html = show(("hero", {**TEXT, "picture": picture}))
    assert '<h1 class="hero__heading">Made by hand</h1>' in html
    assert f'src="{picture.file.url}"' in html
    assert 'alt="A teapot"' in html
    plain = show(("hero", {**TEXT, "picture": None}))
    assert "hero--plain" in plain
    assert "hero__picture" not in plain


@pytest.mark.parametrize("name", ["hero", "banner", "call_to_action", "picture_with_text"])
def test_link_leads_to_its_page_only_while_that_is_live(show, home, name):
    target = make_collection(title="Garden").page
    more = {"picture": None} if name in ("hero", "picture_with_text") else {}
    more |= {"picture_side": "left", "text": "<p>Every Monday.</p>"} if name == "picture_with_text" else {}
    values = {**TEXT, **more, "link_page": target}
    button = 'href="/garden/">Look</a>'
    assert button in show((name, values)).split("<main")[1]
    target.unpublish()
    assert button not in show((name, values)).split("<main")[1]
    assert "Made by hand" in show((name, {**values, "link_page": None}))


def test_words_are_shown(show):
    html = show(
        ("rich_text", "<p>We ship <b>on Mondays</b>.</p>"),
        ("faq", {"heading": "Ask", "questions": [{"question": "Why?", "answer": "<p>Because.</p>"}]}),
        ("quote", {"text": "Worth it.", "author": "Asha"}),
    )
    for words in ("We ship <b>on Mondays</b>.", "Why?", "<p>Because.</p>", "Worth it.", "Asha"):
        assert words in html


def test_collection_grid_shows_every_live_collection(show):
    picture = make_picture()
    garden, kitchen = make_collection(title="Garden"), make_collection(title="Kitchen")
    make_product(collection=garden, pictures=[picture])
    make_product(collection=garden, unit_price="0.00")
    html = show(("collection_grid", {"heading": "By kind"}))
    assert "1 product\n" in html
    assert picture.file.url in html
    assert html.count('class="tile"') == 2
    kitchen.page.unpublish()
    assert show(("collection_grid", {"heading": ""})).count('class="tile"') == 1


def test_grid_shows_todays_price_and_stock(show):
    product = make_product(title="Mug", unit_price="100.00", inventory=3)
    block = grid("newest")
    html = show(block)
    assert "₹110<" in html
    assert "Only 3 left" in html
    Product.objects.filter(pk=product.pk).update(unit_price=Decimal("120.50"), inventory=0)
    html = show(block)
    assert "₹132.55<" in html
    assert "Sold out" in html


def test_newest_first_and_no_more_than_wanted(show):
    for title in ("Old", "Middle", "New"):
        make_product(title=title)
    make_product(title="Unpriced", unit_price="0.00")
    assert titles(show(grid("newest", limit=2))) == ["New", "Middle"]


def test_grid_of_a_collection_links_to_it(show):
    garden = make_collection(title="Garden")
    make_product(title="Rake", collection=garden)
    make_product(title="Mug")
    html = show(grid("collection", collection=garden.page))
    assert titles(html) == ["Rake"]
    assert 'class="more" href="/garden/"' in html
    assert "All of Garden" in html
    garden.page.unpublish()
    html = show(grid("collection", collection=garden.page))
    assert titles(html) == ["Rake"]
    assert 'class="more"' not in html


def test_grid_of_a_tag(show):
    make_product(title="Gift", tags=("Gift wrap",))
    make_product(title="Mug")
    assert titles(show(grid("tag", tag="Gift Wrap"))) == ["Gift"]


def test_grid_under_a_price_goes_by_what_shoppers_see(show):
    make_product(title="At 500", unit_price="454.54")
    make_product(title="Over 500", unit_price="455.00")
    make_product(title="Cheap gift", unit_price="90.00", tags=("gift",))
    make_product(title="Sold out", unit_price="80.00", inventory=0)
    block = grid("under_price", highest_price=Decimal(500))
    assert titles(show(block)) == ["At 500", "Cheap gift"]
    assert titles(show(grid("under_price", highest_price=Decimal(500), tag="gift"))) == ["Cheap gift"]
    set_tax(prices_include_tax=True)
    assert titles(show(block)) == ["Over 500", "At 500", "Cheap gift"]


def test_grid_picked_by_hand_keeps_the_editors_order(show):
    first, second, third = (make_product(title=title) for title in ("A", "B", "C"))
    pages = [page_of(third), page_of(first), page_of(second)]
    assert titles(show(grid("hand_picked", products=pages, limit=1))) == ["C", "A", "B"]
    page_of(first).unpublish()
    assert titles(show(grid("hand_picked", products=pages))) == ["C", "B"]


@pytest.mark.parametrize("rule", ["newest", "collection", "tag", "under_price", "hand_picked"])
def test_grid_with_nothing_to_show_shows_nothing(show, rule):
    html = show(grid(rule, heading="Nothing here"))
    assert "Nothing here" not in html


def test_grid_forgets_a_deleted_page(client, home):
    product, other = make_product(title="A"), make_product(title="B")
    page = home.add_child(instance=LandingPage(title="L", slug="l"))
    page.body = [grid("hand_picked", products=[page_of(product), page_of(other)])]
    page.save()
    page_of(product).delete()
    assert titles(client.get(page.url).content.decode()) == ["B"]


def block_names() -> list[tuple[type, str]]:
    return [(body, name) for body in (PageBody, ProductBody) for name in body.base_blocks]


@pytest.mark.parametrize(("body", "name"), block_names())
@pytest.mark.parametrize("filled", [True, False])
def test_every_block_shows_something_in_the_chooser(body, name, filled, rf):
    """Before anybody has filled it; of a shop without products the lists are empty."""
    if filled:
        make_product(title="Mug", pictures=[make_picture()])
    block = body.base_blocks[name]
    html = block.render(block.get_preview_value(), context={"request": rf.get("/")})
    if filled or name not in ("product_grid", "collection_grid"):
        assert "<section" in html
        assert len(html) > 150
    assert block.meta.description
    assert ("<img" in html) == (
        filled and name in ("hero", "product_grid", "collection_grid", "picture_with_text")
    )


def test_product_page_shows_its_own_blocks(client):
    product = make_product(body=[("rich_text", "<p>Fired twice.</p>")])
    assert "<p>Fired twice.</p>" in client.get(page_of(product).url).content.decode()


def test_editor_opens_a_page_with_every_block(admin, home):
    body = [(name, block.get_preview_value()) for name, block in PageBody.base_blocks.items()]
    page = home.add_child(instance=LandingPage(title="L", slug="l", body=body))
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
