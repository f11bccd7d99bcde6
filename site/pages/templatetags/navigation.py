"""Links that every page shows."""

from django import template

from pages.models import ShopSettings
from pages.navigation import Column, Link, list_columns, list_menu, list_profiles

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context) -> list[Link]:
    request = context.get("request")
    return list_menu(ShopSettings.load(request), request=request)


@register.simple_tag(takes_context=True)
def footer_columns(context) -> list[Column]:
    request = context.get("request")
    return list_columns(ShopSettings.load(request), request=request)


@register.simple_tag(takes_context=True)
def social_profiles(context) -> list[Link]:
    return list_profiles(ShopSettings.load(context.get("request")))
