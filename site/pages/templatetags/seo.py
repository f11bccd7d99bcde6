"""What stands in a page's head for those who do not see it."""

from django import template

from pages.seo import Seo, describe_page

register = template.Library()


@register.simple_tag(takes_context=True)
def describe(context) -> Seo | None:
    """Of a page of the tree; a page made by a view says for itself what it is."""
    page, request = context.get("page"), context.get("request")
    if request is None or not getattr(page, "pk", None) or not hasattr(page, "seo_title"):
        return None
    return describe_page(page, context=context.flatten(), request=request)
