"""Links by which a front end shows a draft: signed, and over after a day."""

from django.core import signing
from wagtail.models import Page

SALT = "pages.draft"
SECONDS = 24 * 3600


class DraftLinkInvalid(Exception):
    """Nobody here made this link, it is too old, or its page is gone."""


def sign_draft(page: Page) -> str:
    """A token for the page as its newest revision says at the time of asking."""
    return signing.dumps(page.pk, salt=SALT)


def read_draft(token: str) -> Page:
    """The page as it stands in its newest revision. Raises `DraftLinkInvalid`."""
    try:
        page_id = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise DraftLinkInvalid from error
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise DraftLinkInvalid
    return page.specific.get_latest_revision_as_object()
