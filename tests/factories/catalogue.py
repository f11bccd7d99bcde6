"""What is sold. `make_product` goes through the one door and has a page; `make_item` is the product alone."""

from decimal import Decimal
from io import BytesIO
from itertools import count

from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection as MediaCollection
from wagtail.models import Locale, Page, Site

from checkout.models import OrderSettings
from notifications.selectors import is_listened_to
from notifications.words import read_edited
from pages.models import HomePage, ProductPage, ShopSettings
from pages.services.collections import create_collection
from pages.services.products import ProductContent, create_product, create_variant
from shop.enums import ProductEvent, TaxKind
from shop.models import Collection, Picture, Product, SellerSettings, TaxClass, TaxSettings, TierSettings
from shop.models.shipping import current_delivery_rules
from shop.sale_rules import current_sales
from shop.services.collections import add_collection
from shop.services.products import ProductFacts, add_product

numbers = count(1)


def make_home_page(*, title: str = "Haat") -> HomePage:
    """The home page of the default site, made where there is none; so is the tree, if flushed."""
    found = HomePage.objects.first()
    if found is not None:
        return found
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title=title, slug="shop-home"))
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return HomePage.objects.get(pk=home.pk)


def make_collection(*, title: str = "", **content) -> Collection:
    """A collection with its live page."""
    make_home_page()
    return create_collection(title=title or f"Collection {next(numbers)}", **content)


def make_product(
    *,
    title: str = "",
    collection: Collection | None = None,
    unit_price="100.00",
    inventory: int = 10,
    description: str = "",
    slug: str = "",
    body=(),
    pictures=(),
    **facts,
) -> Product:
    """A product on sale with its live page; `facts` are those of `ProductFacts`."""
    collection = collection or make_collection()
    product = create_product(
        content=ProductContent(
            title=title or f"Product {next(numbers)}",
            slug=slug,
            description=description,
            body=tuple(body),
            pictures=tuple(pictures),
        ),
        facts=ProductFacts(unit_price=Decimal(unit_price), inventory=inventory, **facts),
        collection_id=collection.pk,
    )
    return Product.objects.get(pk=product.pk)


def make_variant(
    lead: Product, *, unit_price="100.00", inventory: int = 10, options=None, **facts
) -> Product:
    """A size of the lead product, sold on its page."""
    options = options or {"Size": f"S{next(numbers)}"}
    facts = ProductFacts(unit_price=Decimal(unit_price), inventory=inventory, options=options, **facts)
    return create_variant(lead_id=lead.pk, facts=facts)


def page_of(product: Product) -> ProductPage:
    return ProductPage.objects.get(product_id=product.lead_id)


def make_shelf(*, title: str = "Shelf") -> Collection:
    """A collection without a page, for tests that need no page."""
    return Collection.objects.filter(title=title).first() or add_collection(title=title, slug=title.lower())


def make_item(
    *,
    title: str = "",
    collection: Collection | None = None,
    unit_price="100.00",
    inventory: int = 10,
    is_live: bool = True,
    variant_of: Product | None = None,
    slug: str = "",
    description: str = "",
    **facts,
) -> Product:
    """A product on sale without a page: cheap, for tests that need only what is sold."""
    number = next(numbers)
    return add_product(
        facts=ProductFacts(unit_price=Decimal(unit_price), inventory=inventory, **facts),
        title=title or f"Item {number}",
        slug=slug or f"item-{number}",
        description=description,
        collection=collection or make_shelf(),
        is_live=is_live,
        variant_of=variant_of,
    )


def make_tax_class(
    *, name: str = "Books", rate="5.00", kind: str = TaxKind.TAXABLE, hsn_code: str = ""
) -> TaxClass:
    return TaxClass.objects.create(name=name, rate=Decimal(rate), kind=kind, hsn_code=hsn_code)


def set_tax(*, rate="10.00", prices_include_tax: bool = False) -> None:
    """The site's tax settings, in force at once although a test's transaction never commits."""
    saved = TaxSettings.load()
    saved.rate, saved.prices_include_tax = Decimal(rate), prices_include_tax
    saved.save()
    cache.delete(TaxSettings.cache_key())


GSTIN = "29AAACH7409R1ZX"
SELLER = {
    "legal_name": "Haat Handmade Private Limited",
    "trade_name": "Haat",
    "line1": "4 Church Street",
    "line2": "Ashok Nagar",
    "city": "Bengaluru",
    "postal_code": "560001",
    "state": "KA",
    "gstin": GSTIN,
}


def set_seller(**fields) -> SellerSettings:
    """The seller's details, those of a registered seller in Karnataka unless given, in force at once."""
    saved = SellerSettings.load()
    for name, value in {**SELLER, **fields}.items():
        setattr(saved, name, value)
    saved.full_clean()
    saved.save()
    cache.delete(SellerSettings.cache_key())
    return saved


def warm_settings() -> None:
    """Put the site's settings in the cache, as a shop that has answered one request has."""
    TaxSettings.load()
    SellerSettings.load()
    TierSettings.load()
    ShopSettings.load()
    OrderSettings.load()
    current_sales()
    current_delivery_rules()
    is_listened_to(ProductEvent.STOCK_LOW)
    read_edited()


def make_picture(*, title: str = "", colour: str = "#0f766e", size: tuple[int, int] = (40, 40)) -> Picture:
    """A small PNG in the library; its root collection is made where a flushed database lost it."""
    if not MediaCollection.objects.exists():
        MediaCollection.add_root(name="Root")
    number = next(numbers)
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    content.seek(0)
    return Picture.objects.create(
        title=title or f"Picture {number}", file=ImageFile(content, name=f"picture-{number}.png")
    )
