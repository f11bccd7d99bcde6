"""What waits for staff: a row in the causing transaction, and a mail to them."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from checkout.models import Concern
from database.transactions import entry_service
from notifications.services.outbox import queue_mail

ORDER = "order:"
ADMIN_PATH = "/admin/checkout/concern/"


def open_concern(
    *, subject: str, text: str, order_id: int | None = None, about: str = "", tells_staff: bool = True
) -> None:
    """Put something before staff, once for each `subject` (100 characters at most), and mail them. Inner service.

    `about` is what a mail was about, for those that know no order: `order:42`.
    """
    if about.startswith(ORDER):
        order_id = int(about.removeprefix(ORDER))
    if Concern.objects.filter(subject=subject).exists():
        return
    concern = Concern(subject=subject, text=text, order_id=order_id)
    Concern.objects.bulk_create([concern], ignore_conflicts=True)  # of two at once one writes it
    if tells_staff:
        tell_staff(purpose=subject, title=text, lines=[], path=ADMIN_PATH)


def tell_staff(
    *,
    purpose: str,
    path: str,
    lines: list[str],
    title: str = "",
    kind: str = "staff_notice",
    values: Mapping[str, str] | None = None,
    about: str = "",
) -> None:
    """Queue a mail to everybody who looks after the shop, with a link to `path` in the admin. Inner service.

    A notice has a `title`; other kinds bring `values` for their words.
    """
    for address in find_staff_addresses():
        queue_mail(
            kind=kind,
            purpose=f"{purpose}:{sha256(address.encode()).hexdigest()[:12]}",
            to=address,
            values=values or {"title": title},
            context={"lines": lines, "url": settings.BASE_URL + path, "button": _("Open the admin")},
            about=about,
        )


def find_staff_addresses() -> list[str]:
    """`STAFF_EMAILS`, or where it is unset the administrators' own."""
    if settings.STAFF_EMAILS:
        return settings.STAFF_EMAILS
    administrators = User.objects.filter(is_active=True, is_superuser=True).exclude(email="")
    return list(administrators.order_by("pk").values_list("email", flat=True))


@entry_service
def settle_concern(*, concern_id: int, by_id: int, at: datetime) -> bool:
    """Note that somebody saw to it. False where it was settled before."""
    return Concern.objects.open().filter(pk=concern_id).update(settled_at=at, settled_by_id=by_id) == 1
