"""Filters on what is sold; they read as English."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import Avg, Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, Round

from database.versions import mark_changed
from shop.pricing import SaleRule, Targets
from shop.pricing.sales import AMOUNT, LOWEST_PRICE, PERCENT

LAST_LETTER = "\U0010ffff"
PRICE = models.DecimalField(max_digits=12, decimal_places=2)


def match_targets(targets: Targets) -> Q:
    """Of tags a rule knows the products."""
    if targets.is_everything:
        return Q(pk__isnull=False)
    named = Q(pk__in=targets.product_ids) | Q(variant_of__in=targets.product_ids)
    return named | Q(collection__in=targets.collection_ids)


def reduce_price(sale: SaleRule):
    """The typed price in a sale, as `SaleRule.price` works it out."""
    typed = F("unit_price")
    if sale.kind == PERCENT:
        reduced = typed - Round(typed * Value(sale.value / 100), precision=2, output_field=PRICE)
    elif sale.kind == AMOUNT:
        reduced = typed - Value(sale.value)
    else:
        reduced = Value(sale.value)
    return Greatest(reduced, Value(LOWEST_PRICE), output_field=PRICE)


class CollectionQuerySet(models.QuerySet):
    def with_products_count(self):
        """Counts the products that shoppers see in lists: live leads."""
        shown = Q(products__is_live=True, products__variant_of=None)
        return self.annotate(products_count=Count("products", filter=shown))


class ProductQuerySet(models.QuerySet):
    def update(self, **columns) -> int:
        """Rows changed in bulk tell nobody, so this tells whoever keeps public answers."""
        changed = super().update(**columns)
        if changed:
            mark_changed()
        return changed

    update.alters_data = True

    def live(self):
        """Sold to shoppers: its page (or its lead's page) is live and it has a price."""
        return self.filter(is_live=True)

    def leads(self):
        """What lists show: products that are not a size or colour of another."""
        return self.filter(variant_of=None)

    def in_stock(self):
        return self.filter(inventory__gt=0)

    def available(self):
        """Leads of which the product itself or one of its sizes and colours is in stock."""
        others = self.model.objects.live().in_stock().filter(variant_of=OuterRef("pk"))
        return self.filter(Q(inventory__gt=0) | Exists(others))

    def rated_from(self, stars: int):
        """Whose approved reviews give so many stars or more, on average."""
        reviews = self.model.reviews.rel.related_model.objects.approved().order_by()
        means = reviews.values("product").annotate(mean=Avg("rating")).filter(mean__gte=stars)
        return self.filter(pk__in=means.values("product"))

    def offered_in(self, name: str, values: Sequence[str]):
        """Leads that come, themselves or as a variant, with one of these values of an option."""
        options = self.model.options.rel.related_model.objects.filter(
            name=name, value__in=values, product__is_live=True
        )
        lead = Coalesce("product__variant_of", "product")
        return self.filter(pk__in=options.order_by().annotate(lead=lead).values("lead"))

    def low_in_stock(self):
        return self.filter(inventory__gt=0, inventory__lte=F("low_stock_threshold"))

    def tagged(self, slug: str):
        return self.filter(tags__slug=slug)

    def tagged_any(self, slugs: Sequence[str]):
        """With one of these tags or several, each product once."""
        through = self.model.tags.through.objects.filter(tag__slug__in=slugs)
        return self.filter(pk__in=through.values("product"))

    def meant_by(self, targets: Targets):
        """Those that a rule is about, variants of the products it names included. Of tags it knows the products."""
        return self.filter(match_targets(targets))

    def with_sale_price(self, sales: Sequence[SaleRule]):
        """Annotates `sale_price`, the typed price in the best of these sales, which must all be on.

        To filter and to sort by: a database may round the odd paisa otherwise than pricing does.
        """
        typed = F("unit_price")
        offers = [
            Case(When(match_targets(sale.targets), then=reduce_price(sale)), default=typed) for sale in sales
        ]
        return self.annotate(sale_price=Least(typed, *offers, output_field=PRICE) if offers else typed)

    def on_sale(self, sales: Sequence[SaleRule]):
        """Cheaper in one of these sales, which must all be on, than without."""
        if not sales:
            return self.none()
        return self.with_sale_price(sales).filter(sale_price__lt=F("unit_price"))


class CouponQuerySet(models.QuerySet):
    def with_room(self):
        """Active coupons that may be used once more."""
        return self.filter(Q(uses_limit=None) | Q(used__lt=F("uses_limit")), is_active=True)


class ReviewQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(is_approved=True)


class SearchWordQuerySet(models.QuerySet):
    def beginning_with(self, words: Sequence[str]):
        """A range instead of LIKE, because an index serves that on every database."""
        matched = Q()
        for word in words:
            matched |= Q(word__gte=word, word__lt=word + LAST_LETTER)
        return self.filter(matched)


class SaleQuerySet(models.QuerySet):
    def live(self):
        """Published; whether its window is open is another question."""
        return self.filter(live=True)

    def not_over(self, at: datetime):
        """Running or still to come."""
        return self.exclude(ends_at__lte=at).exclude(expire_at__lte=at)

    def with_targets(self):
        """With what each names loaded: three queries, however many sales."""
        return self.prefetch_related("chosen", "collections", "tags")
