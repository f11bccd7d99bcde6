"""Blocks of words and pictures, and where their buttons lead."""

import pytest
from wagtail.blocks import StructBlockValidationError

from pages.blocks import PageBody
from pages.blocks.words import CallToActionBlock
from tests.factories.catalogue import make_collection, make_picture

pytestmark = pytest.mark.django_db

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


def test_a_gallery_reads_all_renditions_at_once(show, count_queries):
    def gallery(count: int):
        items = [{"picture": make_picture(), "caption": f"Caption {n}"} for n in range(count)]
        return "gallery", {"heading": "Pictures", "pictures": items}

    one, three = gallery(1), gallery(3)
    block = PageBody().child_blocks["gallery"]
    costs = []
    for _name, value in (one, three):
        with count_queries() as counted:
            html = block.render(block.normalize(value))
        costs.append(len(counted))
    assert costs == [1, 1]
    assert html.count("<img") == 3
    assert "Caption 2" in show(three)


def test_columns_stand_side_by_side(show):
    html = show(("columns", {"heading": "Two", "columns": [[("rich_text", "<p>One</p>")], []]}))
    assert html.count('class="columns__item"') == 2
    assert "<p>One</p>" in html


def test_a_page_without_a_word_on_its_button_is_refused(home):
    block = CallToActionBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize({"heading": "Look", "link_label": "", "link_page": home}))
    assert list(refused.value.block_errors) == ["link_label"]
