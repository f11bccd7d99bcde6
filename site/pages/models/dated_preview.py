from datetime import datetime

from django.http import HttpRequest
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.sale_rules import list_price_changes

SHOWN_CHANGES = 5


class DatedPreviewMixin:
    """A page that shows prices: its preview offers the next moments at which they change.

    A mode's name is the moment in ISO 8601; any moment with an offset may stand there.
    """

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        moments = list_price_changes(timezone.now())[:SHOWN_CHANGES]
        return [*super().preview_modes, *((at.isoformat(), name_moment(at)) for at in moments)]

    def serve_preview(self, request: HttpRequest, mode_name: str):
        request.shown_as_of = read_moment(mode_name)
        return super().serve_preview(request, mode_name)


def name_moment(at: datetime) -> str:
    return _("As of %(moment)s") % {"moment": date(timezone.localtime(at), "j M Y, H:i")}


def read_moment(mode_name: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(mode_name)
    except ValueError:
        return None
    return at if timezone.is_aware(at) else None
