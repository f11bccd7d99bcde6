"""A look that is only previewed: its stylesheet is asked for apart from the page, so its address carries it, signed."""

from django.core import signing

from pages.models import ShopSettings

FIELDS = ("accent", "background", "ink", "text_font", "heading_font", "type_scale", "radius")
SALT = "pages.look"
SECONDS = 3600


def sign_look(shop: ShopSettings) -> str:
    return signing.dumps({name: getattr(shop, name) for name in FIELDS}, salt=SALT, compress=True)


def read_look(signed: str) -> ShopSettings | None:
    """The look as unsaved settings; None where it was not signed here within the hour."""
    try:
        return ShopSettings(**signing.loads(signed, salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        return None
