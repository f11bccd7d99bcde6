"""Blocks that show what is sold, at today's price and stock."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from pages.blocks.links import find_address
from pages.cards import find_cards, find_collection_tiles
from pages.grids import GridOrder, GridRule, choose_products
from pages.moments import find_prices

# What a rule cannot do without, and what to say where it is missing.
NEEDED = {
    GridRule.COLLECTION: ("collection", _("Choose the collection whose products are to be shown.")),
    GridRule.TAG: ("tag", _("Name the tag whose products are to be shown.")),
    GridRule.UNDER_PRICE: ("highest_price", _("Say up to which price, in rupees with tax.")),
    GridRule.HAND_PICKED: ("products", _("Choose at least one product.")),
}


class CollectionChooserBlock(blocks.PageChooserBlock):
    def __init__(self, **options):
        super().__init__(page_type="pages.CollectionPage", **options)


class ProductGridBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))
    rule = blocks.ChoiceBlock(choices=GridRule.choices, default=GridRule.NEWEST, label=_("Which products"))
    collection = CollectionChooserBlock(required=False, label=_("Collection"))
    tag = blocks.CharBlock(max_length=60, required=False, label=_("Tag"))
    highest_price = blocks.DecimalBlock(
        required=False,
        min_value=1,
        label=_("Price up to"),
        help_text=_("In rupees, with tax, as shoppers see it."),
    )
    products = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="pages.ProductPage"),
        required=False,
        label=_("Hand-picked"),
        default=[],
    )
    order = blocks.ChoiceBlock(
        choices=GridOrder.choices, default=GridOrder.RULE, required=False, label=_("Sorted by")
    )
    limit = blocks.IntegerBlock(default=8, min_value=1, max_value=24, label=_("How many"))

    class Meta:
        icon = "list-ul"
        label = _("Product grid")
        description = _("Products by a rule or picked by hand, with today's price and stock")
        template = "pages/blocks/product_grid.html"
        form_classname = "struct-block haat-grid"
        label_format = "{heading}"
        preview_value = {"heading": "New on the shelves", "rule": GridRule.NEWEST, "limit": 4}

    def clean(self, value):
        cleaned = super().clean(value)
        name, sentence = NEEDED.get(cleaned.get("rule"), ("", ""))
        if name and not cleaned.get(name):
            error = ValidationError(sentence)
            if name == "products":
                error = ListBlockValidationError(non_block_errors=[error])
            raise blocks.StructBlockValidationError({name: error})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request, collection = context.get("request"), value.get("collection")
        by_collection = value["rule"] == GridRule.COLLECTION
        more_url = find_address(collection if by_collection else None, request=request)
        prices = find_prices(request)
        products = choose_products(value, sales=prices.sales, at=prices.at)
        return {
            **context,
            "cards": find_cards(products, request=request, prices=prices),
            "more_url": more_url,
            "more_label": collection.title if more_url else "",
        }


class CollectionGridBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))
    collections = blocks.ListBlock(
        CollectionChooserBlock(),
        required=False,
        default=[],
        label=_("Only these"),
        help_text=_("Nothing chosen: every collection of the shop."),
    )

    class Meta:
        icon = "grip"
        label = _("Collection grid")
        description = _("The collections of the shop as tiles")
        template = "pages/blocks/collection_grid.html"
        preview_value = {"heading": "Everything, by kind"}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        tiles = find_collection_tiles(request=context.get("request"))
        chosen = [page.collection_id for page in value.get("collections") or [] if page]
        if chosen:
            known = {tile.collection_id: tile for tile in tiles}
            tiles = [known[pk] for pk in chosen if pk in known]
        return {**context, "collections": tiles}
