from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from pages.invariants import check_pages, check_sale, check_shelves
from pages.models import CollectionPage, ProductPage
from pages.services.products import (
    ProductContent,
    ProductOrdered,
    create_product,
    create_variant,
    delete_product,
    update_product,
)
from shop.models import Product, StockMovement
from shop.services.products import ProductFacts
from shop.services.stock import OutOfStock
from tests.factories.catalogue import make_collection, make_picture, make_product, make_variant, page_of
from tests.factories.orders import make_order
from tests.factories.users import make_staff
from tests.pages.editing import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _invariants_hold():
    yield
    assert [*check_pages(), *check_shelves(), *check_sale()] == []


def create(**content) -> Product:
    facts = ProductFacts(unit_price=Decimal("99.50"), inventory=3, tags=("gift",))
    return create_product(
        content=ProductContent(**{"title": "Blue mug", **content}),
        facts=facts,
        collection_id=make_collection().pk,
    )


def test_created_product_is_on_sale_with_its_live_page():
    pictures = (make_picture(title="Front"), make_picture(title="Back"))
    product = create(
        description="Holds tea.", body=(("rich_text", "<p>Fired twice.</p>"),), pictures=pictures
    )
    saved = Product.objects.get()
    assert (saved.title, saved.slug, saved.description) == ("Blue mug", "blue-mug", "Holds tea.")
    assert (saved.unit_price, saved.inventory, saved.is_live) == (Decimal("99.50"), 3, True)
    assert [image.picture for image in saved.images.all()] == list(pictures)
    page = page_of(product)
    assert (page.live, page.has_unpublished_changes, page.draft_title) == (True, False, "Blue mug")
    assert page.live_revision_id == page.latest_revision_id == page.revisions.get().pk
    assert page.first_published_at == page.last_published_at
    assert page.body[0].value.source == "<p>Fired twice.</p>"
    assert StockMovement.objects.get().delta == 3


def test_created_page_is_logged_for_its_maker():
    user = make_staff()
    create_product(
        content=ProductContent(title="Mug"),
        facts=ProductFacts(unit_price=Decimal(5)),
        collection_id=make_collection().pk,
        user=user,
    )
    page = ProductPage.objects.get()
    assert page.owner == user
    entries = PageLogEntry.objects.filter(page_id=page.pk).values_list("action", "user_id")
    assert sorted(entries) == [
        (name, user.pk) for name in ("wagtail.create", "wagtail.edit", "wagtail.publish")
    ]


def test_first_draft_after_creating_keeps_the_live_page():
    page = page_of(create())
    page.title = "Cup"
    page.save_revision()
    assert fresh(page).has_unpublished_changes
    assert Product.objects.get().title == "Blue mug"


@pytest.mark.parametrize(
    ("title", "slug", "expected"),
    [
        ("Blue mug", "", "blue-mug"),
        ("Blue mug", "own", "own"),
        ("नीला मग", "", "product"),
        ("x" * 255, "", "x" * 245),
    ],
)
def test_slug_is_given_or_made(title, slug, expected):
    assert create(title=title, slug=slug).slug == expected


def test_same_title_in_one_collection_gets_a_number():
    collection = make_collection()
    slugs = [make_product(title="Mug", collection=collection).slug for _ in range(3)]
    assert slugs == ["mug", "mug-2", "mug-3"]
    assert make_product(slug="MUG", collection=collection).slug == "MUG-4"


def test_creating_in_an_unknown_collection_makes_nothing():
    with pytest.raises(CollectionPage.DoesNotExist):
        create_product(content=ProductContent(title="Mug"), facts=ProductFacts(), collection_id=999_999)
    assert Product.objects.count() == 0


def test_product_without_a_price_has_a_live_page_and_is_not_sold():
    product = make_product(unit_price="0.00")
    assert (page_of(product).live, product.is_live) == (True, False)


def test_variant_is_sold_on_its_leads_page():
    lead = make_product(title="Shirt", description="Cotton.")
    variant = make_variant(lead, options={"Size": "M", "Colour": "Blue"}, unit_price="5.00")
    assert (variant.title, variant.slug, variant.description) == ("Shirt, M, Blue", lead.slug, "Cotton.")
    assert (variant.lead_id, variant.collection_id, variant.is_live) == (lead.pk, lead.collection_id, True)


def test_variant_of_a_variant_is_its_sibling():
    lead = make_product()
    assert make_variant(make_variant(lead)).variant_of_id == lead.pk


def test_variant_of_an_unpriced_lead_is_sold_by_its_own_price():
    lead = make_product(unit_price="0.00")
    assert make_variant(lead, unit_price="5.00").is_live
    assert not make_variant(lead, unit_price="0.00").is_live


def test_variant_of_an_unpublished_lead_waits():
    lead = make_product()
    page_of(lead).unpublish()
    assert make_variant(lead).is_live is False


def test_variant_of_nothing_is_refused():
    with pytest.raises(Product.DoesNotExist):
        create_variant(lead_id=999_999, facts=ProductFacts())


def test_content_is_published_and_logged():
    product, user = make_product(title="Mug", pictures=[make_picture()]), make_staff()
    update_product(
        product_id=product.pk, changes={"title": "Cup", "slug": "cup", "description": "New"}, user=user
    )
    saved = Product.objects.get()
    assert (saved.title, saved.slug, saved.description) == ("Cup", "cup", "New")
    page = page_of(product)
    assert (page.title, page.slug, page.live, page.has_unpublished_changes) == ("Cup", "cup", True, False)
    assert (page.revisions.count(), page.latest_revision.user, page.live_revision) == (
        2,
        user,
        page.latest_revision,
    )
    assert saved.images.count() == 1


def test_open_draft_gets_the_content_and_keeps_its_other_changes():
    product = make_product(title="Mug", description="Old")
    page = page_of(product)
    page.title, page.description, page.seo_title = "Draft", "Draft words", "Draft for engines"
    page.save_revision()
    update_product(product_id=product.pk, changes={"title": "Cup"})
    page = page_of(product)
    assert (page.title, page.description, page.seo_title) == ("Cup", "Old", "")
    assert (page.live, page.has_unpublished_changes, page.draft_title) == (True, True, "Cup")
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.description, draft.seo_title) == ("Cup", "Draft words", "Draft for engines")
    assert Product.objects.get().description == "Old"


@pytest.mark.parametrize("with_newer_draft", [False, True])
def test_scheduled_version_stays_scheduled_and_gets_the_content(with_newer_draft):
    product = make_product(title="Mug")
    page = page_of(product)
    tomorrow = timezone.now() + timedelta(days=1)
    page.go_live_at, page.description = tomorrow, "From tomorrow"
    page.save_revision().publish()
    if with_newer_draft:
        draft = fresh(page).get_latest_revision_as_object()
        draft.description, draft.go_live_at = "Later still", None
        draft.save_revision()
    update_product(product_id=product.pk, changes={"title": "Cup"})
    page = page_of(product)
    assert (page.title, page.description, page.live) == ("Cup", "", True)
    scheduled = page.scheduled_revision
    assert scheduled.approved_go_live_at == tomorrow
    assert (scheduled.content["title"], scheduled.content["description"]) == ("Cup", "From tomorrow")
    latest = page.get_latest_revision_as_object()
    assert (latest.title, latest.description) == (
        "Cup",
        "Later still" if with_newer_draft else "From tomorrow",
    )


@pytest.mark.parametrize("was_published", [True, False])
def test_content_of_a_page_that_is_not_live_publishes_nothing(was_published, shelf):
    if was_published:
        product = make_product(title="Mug", collection=shelf.collection)
        page_of(product).unpublish()
    else:
        page = ProductPage(title="Mug", live=False)
        shelf.add_child(instance=page)
        page.save_revision()
        product = page.product
    saved = update_product(product_id=product.pk, changes={"title": "Cup", "unit_price": Decimal(7)})
    assert (saved.title, saved.unit_price, saved.is_live) == ("Cup", Decimal(7), False)
    page = page_of(product)
    assert (page.live, page.title, page.draft_title) == (False, "Cup", "Cup")


def test_slug_that_a_neighbour_has_gets_a_number():
    first = make_product(slug="mug")
    second = make_product(slug="cup", collection=first.collection)
    assert update_product(product_id=second.pk, changes={"slug": "Mug"}).slug == "Mug-2"
    assert update_product(product_id=second.pk, changes={"slug": "Mug-2"}).slug == "Mug-2"


def test_facts_change_at_once_and_make_no_revision():
    product, user = make_product(inventory=10), make_staff()
    saved = update_product(
        product_id=product.pk, changes={"unit_price": Decimal("12.50"), "inventory": 4}, user=user
    )
    assert (saved.unit_price, saved.inventory, saved.is_live) == (Decimal("12.50"), 4, True)
    movement = StockMovement.objects.latest("pk")
    assert (movement.delta, movement.user) == (-6, user)
    assert page_of(product).revisions.count() == 1


def test_stock_that_stays_moves_nothing():
    product = make_product(inventory=10)
    update_product(product_id=product.pk, changes={"inventory": 10})
    assert StockMovement.objects.count() == 1


def test_refused_stock_leaves_the_content_as_well():
    product = make_product(title="Mug", inventory=10)
    with pytest.raises(OutOfStock):
        update_product(product_id=product.pk, changes={"title": "Cup", "inventory": -1})
    assert (Product.objects.get().title, page_of(product).title) == ("Mug", "Mug")


def test_new_collection_moves_the_page_with_all_variants():
    product, target = make_product(), make_collection()
    variant = make_variant(product)
    assert update_product(product_id=variant.pk, changes={"collection_id": target.pk}).collection == target
    assert Product.objects.get(pk=product.pk).collection == target
    assert page_of(product).get_parent().specific == target.page


def test_moving_beside_a_namesake_numbers_the_slug():
    product, namesake = make_product(slug="mug"), make_product(slug="mug")
    saved = update_product(product_id=product.pk, changes={"collection_id": namesake.collection_id})
    assert (saved.slug, saved.collection_id) == ("mug-2", namesake.collection_id)
    assert page_of(product).slug == "mug-2"


def test_moving_to_an_unknown_collection_changes_nothing():
    product = make_product(title="Mug")
    with pytest.raises(CollectionPage.DoesNotExist):
        update_product(product_id=product.pk, changes={"title": "Cup", "collection_id": 999_999})
    assert Product.objects.get().title == "Mug"


def test_title_of_a_variant_is_its_leads():
    product = make_product(title="Shirt")
    variant = make_variant(product, options={"Size": "M"})
    assert update_product(product_id=variant.pk, changes={"title": "Other"}).title == "Shirt, M"


def test_price_of_an_archived_variant_does_not_sell_it():
    variant = make_variant(make_product())
    Product.objects.filter(pk=variant.pk).update(archived_at=timezone.now(), is_live=False)
    assert update_product(product_id=variant.pk, changes={"unit_price": Decimal(9)}).is_live is False


def test_staff_without_rights_in_the_page_tree_may_do_all_of_it():
    """The API has asked for staff already; nothing more is asked of them."""
    user = make_staff()
    target = make_collection()
    product = create_product(
        content=ProductContent(title="Mug"),
        facts=ProductFacts(unit_price=Decimal(5)),
        collection_id=make_collection().pk,
        user=user,
    )
    update_product(product_id=product.pk, changes={"title": "Cup", "collection_id": target.pk}, user=user)
    assert Product.objects.get().is_live
    delete_product(product_id=product.pk, user=user)
    assert (Product.objects.count(), ProductPage.objects.count()) == (0, 0)


@pytest.mark.parametrize("bought", ["lead", "variant"])
def test_ordered_product_is_not_deleted(bought):
    product = make_product()
    variant = make_variant(product)
    make_order((product if bought == "lead" else variant, 1))
    with pytest.raises(ProductOrdered):
        delete_product(product_id=product.pk)
    assert Product.objects.live().count() == 2


def test_variant_is_deleted_alone():
    product = make_product()
    variant = make_variant(product)
    make_order((product, 1))
    delete_product(product_id=variant.pk)
    assert list(Product.objects.all()) == [product]


def test_deleting_or_changing_what_is_not_there():
    for call in (delete_product, lambda product_id: update_product(product_id=product_id, changes={})):
        with pytest.raises(Product.DoesNotExist):
            call(product_id=999_999)
