"""What editors compose pages from. Each block has a template of its own and reads prices and stock when shown."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from pages.cards import find_cards, find_collection_tiles
from pages.grids import GridRule, choose_products
from pages.moments import find_prices
from pages.previews import WithPicture
from shop.selectors import show_picture

LINK_FEATURES = ["bold", "italic", "link", "ul", "ol"]


def find_address(page: Page | None, *, request: HttpRequest | None) -> str:
    """Where a link leads; nowhere while its page is gone or not live."""
    return page.get_url(request) or "" if page is not None and page.live else ""


class LinkMixin:
    """Gives the template `link_url`."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        address = find_address(value.get("link_page"), request=context.get("request"))
        return {**context, "link_url": address}


class PictureMixin(LinkMixin):
    """Gives the template `picture`, in the renditions that exist, and `link_url`."""

    def get_context(self, value, parent_context=None):
        picture = value.get("picture")
        shown = show_picture(picture, alt=picture.description or "") if picture else None
        return {**super().get_context(value, parent_context), "picture": shown}


class HeroBlock(PictureMixin, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))
    link_label = blocks.CharBlock(max_length=40, required=False, label=_("Button"))
    link_page = blocks.PageChooserBlock(required=False, label=_("Leads to"))

    class Meta:
        icon = "image"
        label = _("Hero")
        description = _("A large opening with a picture and one button")
        template = "pages/blocks/hero.html"
        preview_value = WithPicture(
            heading="Made by hand, sent to your door", text="New pieces every Monday."
        )


class CollectionChooserBlock(blocks.PageChooserBlock):
    def __init__(self, **options):
        super().__init__(page_type="pages.CollectionPage", **options)


class ProductGridBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))
    rule = blocks.ChoiceBlock(choices=GridRule.choices, default=GridRule.NEWEST, label=_("Which products"))
    collection = CollectionChooserBlock(required=False, label=_("Collection"))
    tag = blocks.CharBlock(max_length=60, required=False, label=_("Tag"))
    highest_price = blocks.DecimalBlock(required=False, min_value=1, label=_("Price up to"))
    products = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="pages.ProductPage"),
        required=False,
        label=_("Hand-picked"),
        default=[],
    )
    limit = blocks.IntegerBlock(default=8, min_value=1, max_value=24, label=_("How many"))

    class Meta:
        icon = "list-ul"
        label = _("Product grid")
        description = _("Products by a rule or picked by hand, with today's price and stock")
        template = "pages/blocks/product_grid.html"
        preview_value = {"heading": "New on the shelves", "rule": GridRule.NEWEST, "limit": 4}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request, collection = context.get("request"), value.get("collection")
        more_url = find_address(collection, request=request)
        prices = find_prices(request)
        products = choose_products(value, sales=prices.sales)
        return {
            **context,
            "cards": find_cards(products, request=request, prices=prices),
            "more_url": more_url,
            "more_label": collection.title if more_url else "",
        }


class CollectionGridBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))

    class Meta:
        icon = "grip"
        label = _("Collection grid")
        description = _("Every collection of the shop as a tile")
        template = "pages/blocks/collection_grid.html"
        preview_value = {"heading": "Everything, by kind"}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return {**context, "collections": find_collection_tiles(request=context.get("request"))}


class BannerBlock(LinkMixin, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    link_label = blocks.CharBlock(max_length=40, required=False, label=_("Button"))
    link_page = blocks.PageChooserBlock(required=False, label=_("Leads to"))

    class Meta:
        icon = "info-circle"
        label = _("Banner")
        description = _("One line across the page that points somewhere")
        template = "pages/blocks/banner.html"
        preview_value = {"heading": "Monsoon picks are here", "text": "Light, quick-drying and easy to pack."}


class PictureWithTextBlock(PictureMixin, blocks.StructBlock):
    picture = ImageChooserBlock(required=False, label=_("Picture"))
    picture_side = blocks.ChoiceBlock(
        choices=[("left", _("Left")), ("right", _("Right"))], default="left", label=_("Picture on the")
    )
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.RichTextBlock(features=LINK_FEATURES, label=_("Text"))
    link_label = blocks.CharBlock(max_length=40, required=False, label=_("Button"))
    link_page = blocks.PageChooserBlock(required=False, label=_("Leads to"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Picture with text")
        description = _("A picture beside a short text")
        template = "pages/blocks/picture_with_text.html"
        preview_value = WithPicture(
            heading="Ready for the rains",
            picture_side="left",
            text="<p>Umbrellas that turn inside out and back again, and a pot of strong tea.</p>",
        )


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=160, label=_("Question"))
    answer = blocks.RichTextBlock(features=LINK_FEATURES, label=_("Answer"))


class FaqBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that unfold their answers")
        template = "pages/blocks/faq.html"
        preview_value = {
            "heading": "Questions",
            "questions": [{"question": "Can I send it back?", "answer": "<p>Within fourteen days.</p>"}],
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=400, label=_("Text"))
    author = blocks.CharBlock(max_length=80, required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("One sentence worth standing alone")
        template = "pages/blocks/quote.html"
        preview_value = {
            "text": "We say where a thing was made, or we do not sell it.",
            "author": "Our promise",
        }


class CallToActionBlock(LinkMixin, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    link_label = blocks.CharBlock(max_length=40, label=_("Button"))
    link_page = blocks.PageChooserBlock(required=False, label=_("Leads to"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("A last word and a button")
        template = "pages/blocks/call_to_action.html"
        preview_value = {"heading": "Still looking?", "text": "Write to us.", "link_label": "Contact"}


def make_text_block() -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        icon="pilcrow",
        label=_("Text"),
        description=_("Paragraphs, headings and lists"),
        template="pages/blocks/rich_text.html",
        preview_value="<h2>How we ship</h2><p>In <b>two to seven days</b>, from the town that made it.</p>",
    )


class PageBody(blocks.StreamBlock):
    """The blocks of home, landing and standard pages."""

    hero = HeroBlock()
    product_grid = ProductGridBlock()
    collection_grid = CollectionGridBlock()
    banner = BannerBlock()
    rich_text = make_text_block()
    picture_with_text = PictureWithTextBlock()
    faq = FaqBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()


class ProductBody(blocks.StreamBlock):
    """The blocks of a product page: what there is to read about one thing."""

    rich_text = make_text_block()
    picture_with_text = PictureWithTextBlock()
    faq = FaqBlock()
