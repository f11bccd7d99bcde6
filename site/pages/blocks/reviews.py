"""What a shopper said, on a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.cards import find_urls
from pages.previews import WithReview
from shop.choosers import review_chooser_viewset

ReviewChooserBlock = review_chooser_viewset.get_block_class(
    name="ReviewChooserBlock", module_path="pages.blocks.reviews"
)


class ReviewBlock(blocks.StructBlock):
    review = ReviewChooserBlock(label=_("Review"))

    class Meta:
        icon = "comment"
        label = _("Review")
        description = _("A shopper's own words, with a link to the product")
        template = "pages/blocks/review.html"
        preview_value = WithReview()

    def get_context(self, value, parent_context=None):
        """Without a product on sale there is nothing to link to, and what was not approved stays unread."""
        context = super().get_context(value, parent_context)
        review = value.get("review")
        if review is None or not review.is_approved:
            return {**context, "review": None}
        urls = find_urls("ProductPage", "product_id", [review.product_id], request=context.get("request"))
        return {**context, "review": review, "product_url": urls.get(review.product_id)}
