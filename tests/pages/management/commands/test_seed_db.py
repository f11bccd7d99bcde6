"""The demo shop in the database: whole, once, whatever interrupts it."""

import hashlib

import pytest
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from accounts.models import Customer, User
from checkout.models import Order, OrderItem
from pages.demo import seeding, shelves
from pages.demo.catalogue import generate_products
from pages.demo.customers import generate_customers
from pages.demo.orders import generate_orders
from pages.models import (
    CollectionPage,
    DemoStep,
    FormPage,
    HomePage,
    LandingPage,
    PolicyPage,
    ProductPage,
    StandardPage,
)
from pages.services.archive import is_ordered
from shop.models import Collection, Picture, Product, ProductImage, Review

pytestmark = pytest.mark.django_db

PAINTED = b"a painted picture"
PRODUCTS = generate_products()
COUNTED = (
    Collection,
    CollectionPage,
    Product,
    ProductPage,
    ProductImage,
    Picture,
    Review,
    Customer,
    Order,
    OrderItem,
    LandingPage,
    StandardPage,
    HomePage,
    DemoStep,
)

PEOPLE = generate_customers()[:6]
WHOLE = {
    "Collection": 10,
    "CollectionPage": 10,
    "Product": 23,
    "ProductPage": 12,
    "ProductImage": 19,
    "Picture": 26,
    "Review": 13,
    "Customer": 6,
    "Order": 12,
    "OrderItem": 21,
    "LandingPage": 2,
    "StandardPage": 1,
    "HomePage": 1,
    "DemoStep": 16,
}


@pytest.fixture(autouse=True)
def _make_it_small(monkeypatch):
    """Few people and orders, and tiny pictures that are painted in this process."""

    class Painter:
        def __init__(self, _workers) -> None:
            pass

        def map(self, paint, pictures, chunksize):
            return map(paint, pictures)

        def shutdown(self, *, cancel_futures):
            assert cancel_futures

    monkeypatch.setattr(seeding, "generate_products", lambda: PRODUCTS)
    few = generate_orders(seeding.choose_products(12), PEOPLE)[:12]
    monkeypatch.setattr("pages.demo.history.generate_customers", lambda: PEOPLE)
    monkeypatch.setattr("pages.demo.history.generate_orders", lambda *_args: few)
    monkeypatch.setattr("pages.demo.stored_pictures.ProcessPoolExecutor", Painter)
    for module in ("stored_pictures", "shelves", "storefront"):
        monkeypatch.setattr(f"pages.demo.{module}.paint_demo_picture", lambda _specimen: PAINTED)


def seed(capsys, products: int = 12) -> str:
    call_command("seed_db", products=products)
    return capsys.readouterr().out.splitlines()[-1]


def count_all() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def assert_well(capsys) -> None:
    call_command("check_invariants")
    assert capsys.readouterr().out.splitlines()[-1].endswith(" checks, nothing is off.")


def test_empty_database_gets_a_whole_shop_once(capsys, client):
    assert seed(capsys) == "The demo shop is ready."
    assert_well(capsys)
    assert count_all() == WHOLE
    assert_leads_count_up()
    assert_products_are_as_generated()
    assert_pages_open(client)
    assert_account_opens_the_admin()
    assert seed(capsys) == "The demo shop is already there."
    assert seed(capsys, products=50) == "The demo shop is already there."
    assert count_all() == WHOLE


def assert_leads_count_up() -> None:
    """Leads come first, oldest first, without a gap: on an empty database their ids count from 1."""
    leads = list(Product.objects.leads().order_by("pk"))
    assert [lead.sku for lead in leads] == [specimen.sku for specimen in seeding.choose_products(12)]
    assert [lead.pk - leads[0].pk for lead in leads] == list(range(12))


def assert_products_are_as_generated() -> None:
    for specimen in seeding.choose_products(12):
        product = Product.objects.get(sku=specimen.sku)
        same = ("title", "slug", "description", "unit_price", "hsn_code", "low_stock_threshold")
        assert [getattr(product, name) for name in same] == [getattr(specimen, name) for name in same]
        assert (product.is_live, product.collection.slug) == (True, specimen.collection_slug)
        assert sorted(product.tags.values_list("slug", flat=True)) == sorted(specimen.tags)
        assert tuple(product.options.values_list("name", "value")) == specimen.options
        first = product.movements.order_by("pk").first()
        assert (first.delta if first else 0) == specimen.inventory
        assert [variant.sku for variant in product.variants.order_by("pk")] == [
            variant.sku for variant in specimen.variants
        ]
        picture = product.images.first().picture
        assert (picture.title, picture.width, picture.height, picture.file_size) == (
            specimen.pictures[0].alt,
            640,
            640,
            len(PAINTED),
        )
        assert picture.file_hash == hashlib.sha1(PAINTED).hexdigest()
        assert default_storage.exists(picture.file.name)


def assert_pages_open(client) -> None:
    """Wagtail's welcome is gone, and every kind of page opens."""
    site = Site.objects.get()
    assert (site.site_name, site.root_page.specific_class) == ("Haat", HomePage)
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
    assert not Page.objects.filter(live=False).exists()
    for model in (HomePage, CollectionPage, ProductPage, LandingPage, StandardPage, PolicyPage, FormPage):
        page = model.objects.order_by("pk").first()
        assert client.get(page.url).status_code == 200, page.title
    adorning = Picture.objects.filter(title__startswith="Motif")
    assert set(adorning.values_list("description", flat=True)) == {""}


def assert_account_opens_the_admin() -> None:
    user = authenticate(username="admin", password="1122334455")
    assert user.is_superuser
    assert list(User.objects.filter(is_staff=True)) == [user]
    assert not any(customer.user.has_usable_password() for customer in Customer.objects.exclude(user=user))


def test_production_makes_neither_shop_nor_account(settings):
    settings.DEMO_DATA_ALLOWED = False
    with pytest.raises(CommandError, match="well-known password"):
        call_command("seed_db", products=12)
    assert (User.objects.count(), Product.objects.count(), DemoStep.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("products", [0, -1, 1001])
def test_impossible_number_is_refused(products):
    with pytest.raises(CommandError, match="--products takes 1 to 1000"):
        call_command("seed_db", products=products)
    assert DemoStep.objects.count() == 0


@pytest.mark.parametrize("wanted", [1, 2, 7, 12, 250, 999, 1000])
def test_as_many_products_as_wanted_are_chosen(wanted):
    chosen = seeding.choose_products(wanted)
    assert len({specimen.sku for specimen in chosen}) == wanted
    order = [specimen.sku for specimen in PRODUCTS]
    assert [specimen.sku for specimen in chosen] == [
        sku for sku in order if sku in {specimen.sku for specimen in chosen}
    ]


def break_at(monkeypatch, target: str, call: int) -> None:
    """Let the function fail at its n-th call, as a killed process would end there."""
    module, _, name = target.rpartition(".")
    whole = getattr(__import__(module, fromlist=[name]), name)
    calls = iter(range(1, 100_000))

    def fail(*args, **kwargs):
        if next(calls) == call:
            raise KeyboardInterrupt
        return whole(*args, **kwargs)

    monkeypatch.setattr(target, fail)


INTERRUPTIONS = [
    ("pages.demo.shelves.create_collection", 4),
    ("pages.demo.shelves.insert_product", 10),
    ("pages.demo.shelves.store_file", 3),
    ("pages.demo.shelves.insert_variant", 2),
    ("pages.demo.shelves.insert_reviews", 1),
    ("pages.demo.storefront.publish", 3),
    ("pages.demo.history.add_customer", 3),
    ("pages.demo.history.move_order", 7),
    ("pages.demo.seeding.call_command", 1),
]


def test_shop_that_is_interrupted_again_and_again_is_finished_without_doubles(capsys, monkeypatch):
    for target, call in INTERRUPTIONS:
        with monkeypatch.context() as interruption:
            break_at(interruption, target, call)
            with pytest.raises(KeyboardInterrupt):
                seed(capsys)
        assert_well(capsys)
    assert seed(capsys) == "The demo shop is ready."
    assert_well(capsys)
    assert count_all() == WHOLE


def test_finished_step_is_not_repeated_and_what_was_deleted_stays_away(capsys):
    seed(capsys)
    page = next(page for page in ProductPage.objects.all() if not is_ordered(page.product))
    sku = page.product.sku
    page.delete()
    DemoStep.objects.filter(name="orders").delete()
    assert seed(capsys) == "The demo shop is ready."
    assert not Product.objects.filter(sku=sku).exists()
    assert (Order.objects.count(), DemoStep.objects.count()) == (12, 16)
    # The search index, which rested meanwhile, is kept up again.
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Zanzibar", slug="zanzibar"))
    assert page.index_entries.count() == 1


def test_batches_cover_everything():
    assert list(shelves.batched("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
