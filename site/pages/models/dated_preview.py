from datetime import datetime, time, timedelta

from django.http import HttpRequest
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.blocks import PromotionBlock, find_blocks
from pages.blocks.promotions import list_changes
from shop.sale_rules import list_price_changes

SHOWN_CHANGES = 5
NOON = time(12)


class DatedPreviewMixin:
    """A page that shows prices or promotions: its preview offers the next moments at which they change.

    A mode's name is the moment in ISO 8601; any moment with an offset may stand there.
    """

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        now = timezone.now()
        changes = {*list_price_changes(now), *self.list_own_changes(after=now)}
        shown = [(at.isoformat(), name_moment(at)) for at in sorted(changes)[:SHOWN_CHANGES]]
        week = noon_after(days=7)
        return [*super().preview_modes, *shown, (week.isoformat(), _("In a week, at noon"))]

    def list_own_changes(self, *, after: datetime) -> list[datetime]:
        """When promotions of this page appear and disappear."""
        body = getattr(self, "body", None)
        moments = (at for block in find_blocks(body, PromotionBlock) for at in list_changes(block.value))
        return [at for at in moments if at > after]

    def serve_preview(self, request: HttpRequest, mode_name: str):
        request.shown_as_of = read_moment(mode_name)
        return super().serve_preview(request, mode_name)


def name_moment(at: datetime) -> str:
    return _("As of %(moment)s") % {"moment": date(timezone.localtime(at), "j M Y, H:i")}


def noon_after(*, days: int) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, NOON))


def read_moment(mode_name: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(mode_name or "")
    except ValueError:
        return None
    return at if timezone.is_aware(at) else None
