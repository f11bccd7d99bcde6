"""The demo catalogue: ten collections and a thousand lead products with their variants."""

from random import Random

from pages.demo.assortment import Pick, pick_assortment
from pages.demo.naming import describe_product, list_specifications, make_slug, name_product, write_body
from pages.demo.portraits import choose_pictures
from pages.demo.prices import settle_price
from pages.demo.reviews import write_reviews
from pages.demo.specimens import DemoCollection, DemoPicture, DemoProduct
from pages.demo.stock import choose_threshold, count_stock
from pages.demo.tints import deal_tint, deal_tints
from pages.demo.variants import Lead, list_choices, make_variants
from pages.demo.wordlists import CollectionWords, read_collections

SEED = 2024
NEW = 0.08
BESTSELLER = 0.08


def generate_collections() -> tuple[DemoCollection, ...]:
    """The ten collections in the order the shop shows them."""
    return tuple(make_collection(words, position) for position, words in enumerate(read_collections()))


def make_collection(words: CollectionWords, position: int) -> DemoCollection:
    motif = f"{words.folder}/{words.motif}"
    picture = DemoPicture(motif=motif, alt=words.title, tint=deal_tint(position), zoom=112)
    return DemoCollection(
        title=words.title, slug=words.slug, introduction=words.introduction, picture=picture
    )


def generate_products(seed: int = SEED) -> tuple[DemoProduct, ...]:
    """All lead products, oldest first; the same seed gives the same products everywhere."""
    picks = pick_assortment(read_collections())
    tints = deal_tints(pick.words.slug for pick in picks)
    return tuple(make_product(pick, tint, seed) for pick, tint in zip(picks, tints, strict=True))


def make_product(pick: Pick, tint: str, seed: int) -> DemoProduct:
    # A generator for each product: a word added to one list leaves all other products as they were.
    rng = Random(f"{seed}:{pick.sku}:{pick.make.title}")
    title = name_product(pick)
    factor = pick.finish.factor if pick.finish else 1.0
    price = settle_price(rng, low=pick.make.low, high=pick.make.high, factor=factor)
    tags = choose_tags(rng, pick)
    choices = list_choices(rng, pick)
    pictures = choose_pictures(rng, pick, title=title, tint=tint)
    lead = Lead(pick=pick, title=title, price=price, picture=pictures[0])
    return DemoProduct(
        sku=pick.sku,
        title=title,
        slug=make_slug(title),
        description=describe_product(rng, pick),
        body=write_body(rng, pick),
        unit_price=price,
        inventory=count_stock(rng, price),
        low_stock_threshold=choose_threshold(price),
        collection_slug=pick.words.slug,
        tags=tags,
        hsn_code=pick.make.hsn,
        options=choices[0] if choices else (),
        variants=make_variants(rng, lead, choices),
        specifications=list_specifications(pick),
        reviews=write_reviews(rng, pick, always="bestseller" in tags),
        pictures=pictures,
    )


def choose_tags(rng: Random, pick: Pick) -> tuple[str, ...]:
    """The make's own tags; being new or a bestseller is luck, and never both."""
    luck = rng.random()
    if luck < NEW:
        return (*pick.make.tags, "new")
    if luck < NEW + BESTSELLER:
        return (*pick.make.tags, "bestseller")
    return pick.make.tags
