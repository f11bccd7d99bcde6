"""Block values that a front end can render: what the templates get, as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

from pages.blocks.products import CollectionGridBlock, ProductGridBlock
from pages.blocks.promotions import PromotionBlock, is_on, list_changes
from pages.blocks.reviews import ReviewChooserBlock
from pages.blocks.videos import VideoBlock, find_video
from pages.headless.things import (
    describe_card,
    describe_page,
    describe_picture,
    describe_review,
    describe_tile,
)
from pages.moments import find_moment, note_changes

Describe = Callable[..., Any]


def describe(block: blocks.Block, value: Any, *, request: HttpRequest | None) -> Any:
    """The value of any block, all that is inside it included."""
    kind = next((kind for kind in DESCRIBERS if isinstance(block, kind)), None)
    if kind is None:
        return block.get_api_representation(value)
    return DESCRIBERS[kind](block, value, request=request)


def describe_stream(block, value, *, request: HttpRequest | None) -> list[dict]:
    return [
        {
            "type": child.block_type,
            "value": describe(child.block, child.value, request=request),
            "id": child.id,
        }
        for child in value
    ]


def describe_list(block, value, *, request: HttpRequest | None) -> list:
    return [describe(block.child_block, item, request=request) for item in value]


def describe_struct(block, value, *, request: HttpRequest | None) -> dict:
    return {
        name: describe(child, value.get(name), request=request) for name, child in block.child_blocks.items()
    }


def describe_text(block, value, *, request: HttpRequest | None) -> str:
    """HTML with addresses, where the stored text has numbers of pages."""
    return expand_db_html(value.source) if value else ""


def describe_grid(block, value, *, request: HttpRequest | None) -> dict:
    cards = block.get_context(value, {"request": request})["cards"]
    return {
        **describe_struct(block, value, request=request),
        "cards": [describe_card(card, request=request) for card in cards],
    }


def describe_collections(block, value, *, request: HttpRequest | None) -> dict:
    tiles = block.get_context(value, {"request": request})["collections"]
    return {
        "heading": value.get("heading") or "",
        "tiles": [describe_tile(tile, request=request) for tile in tiles],
    }


def describe_promotion(block, value, *, request: HttpRequest | None) -> dict:
    """Outside its time only when it comes and goes: nobody reads Friday's offer on Tuesday."""
    note_changes(request, list_changes(value))
    shown = is_on(value, at=find_moment(request))
    described = describe_struct(block, value, request=request)
    if not shown:
        described = {name: described[name] for name in ("starts_at", "ends_at")}
    return {**described, "is_on": shown}


def describe_video(block, value, *, request: HttpRequest | None) -> dict:
    video = find_video(value.get("address") or "")
    return {
        **describe_struct(block, value, request=request),
        "video": asdict(video) if video else None,
    }


# The narrower kind first.
DESCRIBERS: dict[type[blocks.Block], Describe] = {
    ProductGridBlock: describe_grid,
    CollectionGridBlock: describe_collections,
    PromotionBlock: describe_promotion,
    VideoBlock: describe_video,
    ImageChooserBlock: lambda _block, value, *, request: describe_picture(value, request=request),
    blocks.PageChooserBlock: lambda _block, value, *, request: describe_page(value, request=request),
    ReviewChooserBlock: lambda _block, value, *, request: describe_review(value, request=request),
    blocks.RichTextBlock: describe_text,
    blocks.StaticBlock: lambda _block, _value, *, request: None,
    blocks.BaseStructBlock: describe_struct,
    blocks.ListBlock: describe_list,
    blocks.BaseStreamBlock: describe_stream,
}
