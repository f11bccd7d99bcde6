"""Which sales meet: about the same products, at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from shop.models import Product, Sale
from shop.pricing import SaleRule
from shop.sale_rules import describe_sales


@dataclass(frozen=True)
class Overlap:
    """Another sale, and how many products, variants counted, both are about."""

    sale: Sale
    products_count: int


def find_overlaps(sale: Sale) -> list[Overlap]:
    """The other sales, drafts among them, that touch products of this one while it runs.

    `sale` as it stands in memory, the others as they stand in the database.
    """
    rule = next(iter(describe_sales([sale])), None)
    if rule is None:
        return []
    others = {other.pk: other for other in find_others(sale)}
    meeting = (other for other in describe_sales(others.values()) if share_time(rule, other))
    counted = (Overlap(sale=others[other.id], products_count=count_shared(rule, other)) for other in meeting)
    return [overlap for overlap in counted if overlap.products_count]


def find_others(sale: Sale) -> Iterable[Sale]:
    return Sale.objects.not_over(timezone.now()).exclude(pk=sale.pk).with_targets()


def share_time(one: SaleRule, other: SaleRule) -> bool:
    return begins_before_end(one, other) and begins_before_end(other, one)


def begins_before_end(one: SaleRule, other: SaleRule) -> bool:
    return one.starts_at is None or other.ends_at is None or one.starts_at < other.ends_at


def count_shared(one: SaleRule, other: SaleRule) -> int:
    return Product.objects.meant_by(one.targets).meant_by(other.targets).count()
