"""A sale's preview, which the shop's own template shows with the cards of pages."""

from django import template

from pages.sale_preview import show_sale
from shop.models import Sale

register = template.Library()


@register.simple_tag(takes_context=True)
def preview_sale(context, sale: Sale) -> dict:
    return show_sale(sale, request=context.get("request"))
