"""What marketing mails brought: each figure defined here, once."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from checkout.enums import PAID_STATUSES
from checkout.models import CartReminder, Order
from notifications.enums import REACHED_STATUSES, ConsentTopic, EmailStatus
from notifications.kinds import find_kind
from notifications.models import Consent, OutgoingEmail

TOPICS = {"cart_reminder": ConsentTopic.CART, "back_in_stock": ConsentTopic.STOCK}


@dataclass(frozen=True)
class MailFigures:
    """Of one kind of mail, written since a moment. Opened and clicked count mails, not times."""

    label: str
    sent: int
    delivered: int
    opened: int
    clicked: int
    unsubscribed: int


@dataclass(frozen=True)
class Recovered:
    """Paid orders of carts that were brought to mind before they were ordered; `value` in rupees."""

    orders: int
    value: Decimal


def count_mails(*, since: datetime) -> list[MailFigures]:
    return [count_kind(key, topic, since) for key, topic in TOPICS.items()]


def count_kind(key: str, topic: ConsentTopic, since: datetime) -> MailFigures:
    opened = Q(status__in=(EmailStatus.OPENED, EmailStatus.CLICKED))
    mails = OutgoingEmail.objects.marketing().filter(kind=key, created_at__gte=since)
    counts = mails.aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        delivered=Count("pk", filter=Q(status__in=REACHED_STATUSES)),
        opened=Count("pk", filter=opened),
        clicked=Count("pk", filter=Q(status=EmailStatus.CLICKED)),
    )
    ended = Consent.objects.filter(topic=topic, withdrawn_at__gte=since).count()
    return MailFigures(label=str(find_kind(key).label), unsubscribed=ended, **counts)


def sum_recovered(*, since: datetime) -> Recovered:
    reminded = CartReminder.objects.filter(
        cart_id=OuterRef("cart_id"), mailed_at__gte=since, mailed_at__lte=OuterRef("placed_at")
    )
    orders = Order.objects.filter(Exists(reminded), status__in=PAID_STATUSES)
    sums = orders.aggregate(orders=Count("pk"), value=Sum(F("total")))
    return Recovered(orders=sums["orders"], value=sums["value"] or Decimal(0))


def count_subscribers() -> dict[str, int]:
    """Addresses that agreed, by the topic's label."""
    counts = dict(Consent.objects.given().order_by().values_list("topic").annotate(count=Count("pk")))
    return {str(topic.label): counts.get(topic.value, 0) for topic in ConsentTopic}
