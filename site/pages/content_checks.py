"""What a page still lacks before people see it at its best. Nothing here stops anybody from publishing."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from pages.blocks import find_blocks
from pages.blocks.products import ProductGridBlock
from pages.models import CollectionPage, ProductPage
from shop.models import Product

LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 160


def check_page(page: Page) -> list[str]:
    """Sentences about a page as it stands in memory, the most important first."""
    return [problem for check in CHECKS for problem in check(page)]


def check_product(page: Page) -> Iterator[str]:
    if not isinstance(page, ProductPage):
        return
    price = Product.objects.filter(pk=page.product_id).values_list("unit_price", flat=True).first()
    if not price:
        yield _("The product has no price, so nobody can buy it.")
    pictures = list(page.pictures.all())
    if not pictures:
        yield _("The product has no picture.")
    elif any(not item.caption for item in pictures):
        yield _("A picture of the product has no caption: screen readers read out its title instead.")
    if not page.description:
        yield _("The product has no description beside its price.")


def check_search(page: Page) -> Iterator[str]:
    """What search engines show of it."""
    title = page.seo_title or page.title
    if len(title) > LONGEST_TITLE:
        sentence = _("The title is longer than the %(longest)d letters that search engines show.")
        yield sentence % {"longest": LONGEST_TITLE}
    has_own_text = (
        page.search_description or getattr(page, "description", "") or getattr(page, "introduction", "")
    )
    if not has_own_text:
        yield _("There is no description for search engines: write one under Promote.")
    elif len(page.search_description) > LONGEST_DESCRIPTION:
        yield _("The description for search engines is longer than they show.")


def check_body(page: Page) -> Iterator[str]:
    body = getattr(page, "body", None)
    if isinstance(page, CollectionPage | ProductPage) and body is None:
        return
    if not body and not isinstance(page, ProductPage):
        yield _("The page is empty: add a block.")
    pictures = [block.value for block in find_blocks(body, ImageChooserBlock) if block.value]
    if any(not picture.description for picture in pictures):
        yield _(
            "A picture has no description. If it says something, describe it under Images; if it only adorns, leave it."
        )
    texts = (block for block in find_blocks(body, blocks.StructBlock) if "link_label" in block.value)
    if any(block.value.get("link_label") and not block.value.get("link_page") for block in texts):
        yield _("A button leads nowhere, so it is not shown.")


def check_grids(page: Page) -> Iterator[str]:
    for block in find_blocks(getattr(page, "body", None), ProductGridBlock):
        if not block.block.get_context(block.value, {})["cards"]:
            heading = block.value.get("heading") or _("without a heading")
            yield _("The product grid “%(heading)s” finds no product, so it is not shown.") % {
                "heading": heading
            }


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (check_product, check_body, check_grids, check_search)
