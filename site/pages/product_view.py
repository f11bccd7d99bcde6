"""What a product page shows: today's price and stock of the product and its variants, pictures, reviews."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, Q, When, prefetch_related_objects
from django.http import HttpRequest

from pages.cards import find_cards, round_rating
from pages.moments import find_prices
from pages.navigation import make_breadcrumbs
from pages.wish_forms import WatchForm
from shop.models import Product, Review
from shop.selectors import PriceList, ShownPicture, find_pictures, show_picture

SHOWN_REVIEWS = 20
RELATED_PRODUCTS = 4
STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Choice:
    """One of the products that a product page offers; prices with tax, in rupees."""

    product_id: int
    label: str
    sku: str
    price: Decimal
    old_price: Decimal | None
    sold_out: bool
    only_left: int | None
    for_sale: bool
    selected: bool
    url: str


@dataclass(frozen=True)
class Stars:
    """How many of the reviews gave so many stars; `percent` of all."""

    stars: int
    count: int
    percent: int


def show_product(*, page, request: HttpRequest) -> dict:
    """The context of a product page. A page that was never saved, in its first preview, has no product yet."""
    product = page.product if page.product_id else Product(title=page.title)
    choices = find_choices(product, asked=request.GET.get("variant", ""), prices=find_prices(request))
    shown = next(choice for choice in choices if choice.selected)
    return {
        "product": product,
        "gallery": find_gallery(page, is_draft=not page.live or getattr(request, "is_preview", False)),
        "choices": choices if len(choices) > 1 else [],
        "offers": choices,
        "prices_differ": len({choice.price for choice in choices}) > 1,
        "selected_id": shown.product_id,
        "price": shown.price,
        "old_price": shown.old_price,
        "sold_out": shown.sold_out,
        "only_left": shown.only_left,
        "for_sale": shown.for_sale,
        "watch_form": WatchForm(initial={"product_id": shown.product_id}, auto_id="watch-%s"),
        "related_cards": find_chosen(page, request=request) or find_related(product, request=request),
        "breadcrumbs": make_breadcrumbs(page, request=request),
        **show_reviews(product),
    }


def find_choices(product: Product, *, asked: str, prices: PriceList) -> list[Choice]:
    """The lead and its variants. The one asked for is selected, else the first that is in stock."""
    offered = find_offered(product)
    wanted = next((item.pk for item in offered if str(item.pk) == asked), None)
    if wanted is None:
        wanted = next((item.pk for item in offered if item.inventory), offered[0].pk)
    prefetch_related_objects(offered, "tax_class")
    return [make_choice(item, prices=prices, selected=item.pk == wanted) for item in offered]


def find_offered(product: Product) -> list[Product]:
    """What the page sells; of a product that is not for sale, the product itself."""
    if not product.pk:
        return [product]
    family = Q(pk=product.pk) | Q(variant_of=product)
    # By the lead first, which the database need not have counted first.
    order = Case(When(pk=product.pk, then=0), default=1)
    return list(Product.objects.live().filter(family).order_by(order, "pk").prefetch_related("options")) or [
        product
    ]


def make_choice(product: Product, *, prices: PriceList, selected: bool) -> Choice:
    price = prices.find(product)
    options = [option.value for option in product.options.all()] if product.pk else []
    return Choice(
        product_id=product.pk,
        label=", ".join(options) or product.title,
        sku=product.sku,
        price=price.unit.gross,
        old_price=price.old_price,
        sold_out=product.inventory == 0,
        only_left=product.only_left,
        for_sale=product.is_live,
        selected=selected,
        url=f"?variant={product.pk}",
    )


def find_gallery(page, *, is_draft: bool) -> list[ShownPicture]:
    """A draft's own pictures; a live page has copied them to the product."""
    if not is_draft:
        return find_pictures([page.product_id])[page.product_id]
    items = [item for item in page.pictures.all() if item.picture_id]
    return [show_picture(item.picture, alt=item.caption or item.picture.title) for item in items]


def find_chosen(page, *, request: HttpRequest) -> list:
    """What the editor put beside this product, in that order; what is not on sale is left out."""
    ids = [block.value.product_id for block in page.related if block.value]
    found = Product.objects.live().leads().in_bulk(ids) if ids else {}
    return find_cards([found[pk] for pk in ids if pk in found], request=request) if found else []


def find_related(product: Product, *, request: HttpRequest) -> list:
    """Others of the same collection that are in stock, the same ones for everybody."""
    if not product.pk:
        return []
    others = Product.objects.live().leads().in_stock().filter(collection_id=product.collection_id)
    after = list(others.filter(pk__gt=product.pk).order_by("pk")[:RELATED_PRODUCTS])
    if len(after) < RELATED_PRODUCTS:
        after += others.filter(pk__lt=product.pk).order_by("pk")[: RELATED_PRODUCTS - len(after)]
    return find_cards(after, request=request)


def show_reviews(product: Product) -> dict:
    """The newest reviews, and what all of them say; two queries, however many there are."""
    if not product.pk:
        return {"reviews": [], "rating": None, "rated_count": 0, "review_count": 0, "rating_distribution": []}
    approved = Review.objects.approved().filter(product=product)
    counts = dict(approved.order_by().values_list("rating").annotate(count=Count("pk")))
    newest = approved.order_by("-date", "-pk")[:SHOWN_REVIEWS]
    return {
        "reviews": [make_review(review) for review in newest],
        "review_count": sum(counts.values()),
        **rate(counts),
    }


def make_review(review: Review) -> dict:
    return {
        "name": review.name,
        "rating": review.rating,
        "text": review.description,
        "date": review.date,
        "answer": review.answer,
    }


def rate(counts: dict[int | None, int]) -> dict:
    """The mean and the distribution of how many reviews gave how many stars; some give none."""
    rated = {stars: counts.get(stars, 0) for stars in STARS}
    total = sum(rated.values())
    if not total:
        return {"rating": None, "rated_count": 0, "rating_distribution": []}
    mean = Decimal(sum(stars * count for stars, count in rated.items())) / total
    return {
        "rating": round_rating(mean),
        "rated_count": total,
        "rating_distribution": [
            Stars(stars=stars, count=count, percent=round(100 * count / total))
            for stars, count in rated.items()
        ],
    }
