"""The blocks that each kind of page is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.columns import ColumnsBlock
from pages.blocks.newsletter import NewsletterBlock
from pages.blocks.pictures import GalleryBlock, HeroBlock, PictureWithTextBlock
from pages.blocks.products import CollectionGridBlock, ProductGridBlock
from pages.blocks.promotions import BannerBlock, PromotionBlock
from pages.blocks.reviews import ReviewBlock
from pages.blocks.videos import VideoBlock
from pages.blocks.words import CallToActionBlock, FaqBlock, QuoteBlock, make_text_block

OPENING = _("Openings and banners")
PRODUCTS = _("Products")
WORDS = _("Words")
PICTURES = _("Pictures and video")


class PageBody(blocks.StreamBlock):
    """The blocks of home, landing and standard pages."""

    hero = HeroBlock(group=OPENING)
    banner = BannerBlock(group=OPENING)
    promotion = PromotionBlock(group=OPENING)
    call_to_action = CallToActionBlock(group=OPENING)
    newsletter = NewsletterBlock(group=OPENING)
    product_grid = ProductGridBlock(group=PRODUCTS)
    collection_grid = CollectionGridBlock(group=PRODUCTS)
    review = ReviewBlock(group=PRODUCTS)
    rich_text = make_text_block(group=WORDS)
    faq = FaqBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    columns = ColumnsBlock(group=WORDS)
    picture_with_text = PictureWithTextBlock(group=PICTURES)
    gallery = GalleryBlock(group=PICTURES)
    video = VideoBlock(group=PICTURES)


class ProductBody(blocks.StreamBlock):
    """The blocks of a product page: what there is to read about one thing."""

    rich_text = make_text_block()
    picture_with_text = PictureWithTextBlock()
    gallery = GalleryBlock()
    faq = FaqBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    columns = ColumnsBlock()
