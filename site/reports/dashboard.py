"""Today at a glance: what came in by this time of day, yesterday and a week ago, and what waits to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from checkout.enums import PaymentEffect, PaymentStatus, WebhookStatus
from checkout.models import Cart, CartItem, Order, Payment, WebhookEvent
from notifications.enums import EmailStatus
from notifications.models import OutgoingEmail
from reports.periods import find_day, midnight
from shop.models import Product, Review

ZERO = Decimal("0.00")
DAYS_BACK = (0, 1, 7)
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Spell:
    """A part of a day, from its midnight."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Today:
    """A figure of today, of yesterday and of a week ago, each by the same time of day."""

    name: str | Promise
    is_money: bool
    today: Decimal
    yesterday: Decimal
    week_ago: Decimal


@dataclass(frozen=True)
class Task:
    """Something that waits: how many, where, and which permission shows it."""

    name: str | Promise
    permission: str
    count: Callable[[datetime], int]
    address: Callable[[], str]


def find_spells(now: datetime) -> list[Spell]:
    """Today until now, and as much of yesterday and of the same weekday a week ago."""
    so_far = now - midnight(find_day(now))
    begins = [midnight(find_day(now) - timedelta(days=days)) for days in DAYS_BACK]
    return [Spell(begin, begin + so_far) for begin in begins]


def count_today(now: datetime) -> list[Today]:
    """Sales in rupees, paid orders, and carts that were used or ordered. Three queries."""
    spells = find_spells(now)
    paid = add_up(Order.objects.all(), "paid_at", spells, total=Sum("total"), count=Count("pk"))
    placed = add_up(Order.objects.all(), "placed_at", spells, count=Count("pk"))
    filled = Cart.objects.filter(Exists(CartItem.objects.filter(cart=OuterRef("pk"))))
    used = add_up(filled, "updated_at", spells, count=Count("pk"))
    return [
        Today(_("Sales"), True, *(each["total"] or ZERO for each in paid)),
        Today(_("Paid orders"), False, *(each["count"] for each in paid)),
        Today(
            _("Carts"),
            False,
            *(one["count"] + other["count"] for one, other in zip(placed, used, strict=True)),
        ),
    ]


def add_up(rows, moment: str, spells: list[Spell], **sums) -> list[dict]:
    """The sums of each spell, in one query over the days they reach back."""
    earliest = min(spell.begins_at for spell in spells)
    wanted = {}
    for number, spell in enumerate(spells):
        within = Q(**{f"{moment}__gte": spell.begins_at, f"{moment}__lt": spell.ends_at})
        for name, aggregate in sums.items():
            wanted[f"{name}_{number}"] = type(aggregate)(
                *aggregate.get_source_expressions()[:1], filter=within
            )
    found = rows.filter(**{f"{moment}__gte": earliest}).order_by().aggregate(**wanted)
    return [{name: found[f"{name}_{number}"] for name in sums} for number in range(len(spells))]


def list_of(model: str, **filters: str) -> Callable[[], str]:
    """Where the admin lists these records."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return lambda: f"{reverse(f'{model}_modeladmin_index')}?{query}"


TASKS = (
    Task(
        _("Orders to send"),
        "checkout.change_order",
        lambda now: Order.objects.to_send().count(),
        list_of("checkout_order", status__exact="paid"),
    ),
    Task(
        _("Products that run low"),
        "shop.change_product_facts",
        lambda now: Product.objects.live().low_in_stock().count(),
        lambda: reverse("report", args=["stock"]),
    ),
    Task(
        _("Products that are sold out"),
        "shop.change_product_facts",
        lambda now: Product.objects.live().filter(inventory=0).count(),
        lambda: reverse("report", args=["stock"]),
    ),
    Task(
        _("Reviews to approve"),
        "shop.change_review",
        lambda now: Review.objects.filter(is_approved=False).count(),
        lambda: f"{reverse('reviews:index')}?is_approved=false",
    ),
    Task(
        _("Payments held for you"),
        "checkout.view_payment",
        lambda now: Payment.objects.filter(effect=PaymentEffect.HELD).count(),
        list_of("checkout_payment", effect__exact="held"),
    ),
    Task(
        _("Payments failed today"),
        "checkout.view_payment",
        lambda now: Payment.objects.filter(
            status=PaymentStatus.FAILED, created_at__gte=midnight(find_day(now))
        ).count(),
        list_of("checkout_payment", status__exact="failed"),
    ),
    Task(
        _("Events set aside"),
        "checkout.view_webhookevent",
        lambda now: WebhookEvent.objects.filter(status=WebhookStatus.PARKED).count(),
        list_of("checkout_webhookevent", status__exact="parked"),
    ),
    Task(
        _("Mails that bounced this week"),
        "notifications.view_outgoingemail",
        lambda now: OutgoingEmail.objects.filter(
            status=EmailStatus.BOUNCED, created_at__gte=now - LATELY
        ).count(),
        list_of("notifications_outgoingemail", status__exact="bounced"),
    ),
)


def list_tasks(user, now: datetime) -> Iterator[tuple[str, int, str]]:
    """What waits, as name, count and address: what this person may act on, nothing that is done."""
    for task in TASKS:
        if user.has_perm(task.permission) and (count := task.count(now)):
            yield str(task.name), count, task.address()
