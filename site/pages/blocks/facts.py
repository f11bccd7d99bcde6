"""What a product page lists beside its body."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SpecificationBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=60, label=_("What"))
    value = blocks.CharBlock(max_length=200, label=_("How"))

    class Meta:
        icon = "list-ul"
        label = _("Specification")
        label_format = "{name}: {value}"


class Specifications(blocks.StreamBlock):
    row = SpecificationBlock()


class RelatedProducts(blocks.StreamBlock):
    product = blocks.PageChooserBlock(page_type="pages.ProductPage", label=_("Product"))
