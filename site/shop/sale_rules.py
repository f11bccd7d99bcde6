"""Sales as pricing takes them: which are published, and which products each means."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Revision

from shop.models import Product, Sale
from shop.pricing import SaleRule, Targets

# A sale that is saved is forgotten at once; a product that is tagged joins the tag's sales within this time.
SALES_SECONDS = 5


def current_sales() -> tuple[SaleRule, ...]:
    """The published sales that are not over, those to come included: a rule itself says when it is on.

    Kept in the cache, so that a price costs no query; never staler than `SALES_SECONDS`.
    """
    kept = cache.get_many([Sale.RULES_KEY, Sale.NEWS_KEY])
    news = kept.get(Sale.NEWS_KEY)
    # A cache that is away answers every key with None.
    read_at_news, rules = kept.get(Sale.RULES_KEY) or (None, None)
    # Rules that were read before the last news, and kept only after them, are not taken for new ones.
    if rules is None or read_at_news != news:
        rules = describe_sales(Sale.objects.live().not_over(timezone.now()).with_targets())
        cache.set(Sale.RULES_KEY, (news, rules), SALES_SECONDS)
    return rules


def describe_sales(sales: Iterable[Sale]) -> tuple[SaleRule, ...]:
    """The rules of these sales. Tags become the products that carry them, so that no price asks for tags."""
    sales = list(sales)
    tagged = find_tagged_products({tag.pk for sale in sales for tag in sale.tags.all()})
    rules = (describe_sale(sale, tagged=tagged) for sale in sales)
    return tuple(rule for rule in rules if rule is not None)


def find_tagged_products(tag_ids: set[int]) -> dict[int, set[int]]:
    """By tag, the ids of the products with it."""
    found: dict[int, set[int]] = defaultdict(set)
    if tag_ids:
        rows = Product.tags.through.objects.filter(tag_id__in=tag_ids)
        for tag_id, product_id in rows.values_list("tag_id", "product_id"):
            found[tag_id].add(product_id)
    return found


def describe_sale(sale: Sale, *, tagged: dict[int, set[int]]) -> SaleRule | None:
    """The rule of a sale as it stands in memory; None where it names nothing.

    To pricing a rule without targets means everything: a sale must say so, not lose its last product.
    """
    targets = Targets()
    if not sale.covers_everything:
        chosen = {row.product_id for row in sale.chosen.all()}
        targets = Targets(
            product_ids=frozenset(chosen.union(*(tagged[tag.pk] for tag in sale.tags.all()))),
            collection_ids=frozenset(collection.pk for collection in sale.collections.all()),
        )
        if targets.is_everything:
            return None
    return SaleRule(
        id=sale.pk or 0,
        name=sale.name,
        kind=sale.kind,
        value=sale.value,
        targets=targets,
        starts_at=sale.starts_at,
        ends_at=sale.last_moment,
    )


def sales_as_of(at: datetime) -> tuple[SaleRule, ...]:
    """The sales as they will stand at a moment to come, with what is scheduled to be published by then.

    For previews: it asks the database each time.
    """
    scheduled = {sale.pk: sale for moment, sale in find_scheduled() if moment <= at}
    published = Sale.objects.live().not_over(at).exclude(pk__in=scheduled).with_targets()
    return describe_sales([*published, *scheduled.values()])


def find_scheduled() -> list[tuple[datetime, Sale]]:
    """The sales as they are scheduled to be published, and when."""
    revisions = Revision.objects.filter(content_type=ContentType.objects.get_for_model(Sale))
    waiting = revisions.exclude(approved_go_live_at=None)
    return [(revision.approved_go_live_at, revision.as_object()) for revision in waiting]


def list_price_changes(at: datetime) -> list[datetime]:
    """The moments after `at` at which a sale starts or ends, what is only scheduled included; for previews."""
    scheduled = find_scheduled()
    rules = (*current_sales(), *describe_sales(sale for _moment, sale in scheduled))
    bounds = {bound for rule in rules for bound in (rule.starts_at, rule.ends_at)}
    bounds.update(moment for moment, _sale in scheduled)
    return sorted(bound for bound in bounds if bound is not None and bound > at)
