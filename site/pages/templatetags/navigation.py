"""Links that every page shows, from the page tree."""

from django import template

from pages.navigation import Link, find_links

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context) -> list[Link]:
    """Collections and landing pages that are shown in menus."""
    request = context.get("request")
    landing = find_links("landingpage", request=request, in_menus=True)
    return [*find_links("collectionpage", request=request, in_menus=True), *landing]


@register.simple_tag(takes_context=True)
def footer_links(context) -> list[Link]:
    return find_links("standardpage", request=context.get("request"))
