"""Fields of pages in the content API."""

from rest_framework.fields import Field

from pages.cards import find_cards
from pages.headless.blocks import describe
from pages.headless.things import describe_card, describe_shown
from shop.selectors import show_picture


class BodyField(Field):
    """Blocks with all that a front end needs to render them."""

    def to_representation(self, value):
        return describe(value.stream_block, value, request=self.context.get("request"))


class CardField(Field):
    """The page's product at today's price and stock; nothing while it is not on sale."""

    def __init__(self, **options) -> None:
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, page):
        if not page.product_id or not page.product.is_live:
            return None
        request = self.context.get("request")
        cards = find_cards([page.product], request=request)
        return describe_card(cards[0], request=request) if cards else None


class GalleryField(Field):
    """The page's pictures, in its order and with its captions."""

    def to_representation(self, items):
        request = self.context.get("request")
        shown = [
            show_picture(item.picture, alt=item.caption or item.picture.title)
            for item in items.select_related("picture")
        ]
        return [describe_shown(picture, request=request) for picture in shown]
