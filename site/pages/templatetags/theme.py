"""Where a page finds the shop's look."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from pages.models import ShopSettings
from pages.shown_look import sign_look

register = template.Library()


@register.simple_tag(takes_context=True)
def theme_url(context) -> str:
    """The stylesheet of the shop's look; in a preview of the settings, of the look that is not saved yet."""
    request = context.get("request")
    edited = getattr(request, ShopSettings.get_cache_attr_name(), None)
    if edited is None:
        return reverse("theme")
    return f"{reverse('theme')}?{urlencode({'look': sign_look(edited)})}"
