"""The shop's settings where there is no request: in mails."""

from django import template

from pages.models import ShopSettings

register = template.Library()


@register.simple_tag
def shop_settings() -> ShopSettings:
    """The shop's name, words and look, from the cache; `get_settings` would look for the site each time."""
    return ShopSettings.load()
