"""What was sold is kept; everything else goes, page and product together."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from pages.models import CollectionPage, ProductPage, StandardPage
from shop.models import Collection, Product
from tests.factories.catalogue import make_collection, make_product, make_variant, page_of
from tests.factories.orders import make_order
from tests.pages.editing import bulk, delete_page, fresh, messages_of, publish

pytestmark = pytest.mark.django_db

ARCHIVED = "“{}” stands in orders, so it was taken off the shop and kept in the archive."


def state(product: Product) -> tuple:
    saved = Product.objects.get(pk=product.pk)
    return saved.is_live, saved.archived_at is not None


def test_unordered_product_goes_with_its_page_and_variants(publisher):
    product = make_product()
    make_variant(product)
    delete_page(publisher, page_of(product))
    assert (ProductPage.objects.count(), Product.objects.count()) == (0, 0)
    assert PageLogEntry.objects.filter(action="wagtail.delete").count() == 1


@pytest.mark.parametrize("bought", ["lead", "variant"])
def test_ordered_product_is_archived_with_its_page_and_variants(publisher, bought):
    product = make_product(title="Mug")
    variant = make_variant(product)
    make_order((product if bought == "lead" else variant, 1))
    response = delete_page(publisher, page_of(product))
    assert messages_of(response) == [ARCHIVED.format("Mug")]
    assert fresh(page_of(product)).live is False
    assert (state(product), state(variant)) == ((False, True), (False, True))
    entry = PageLogEntry.objects.get(action="haat.archive")
    assert entry.user.username in ("root", "moderator")


def test_archived_product_comes_back_when_its_page_is_published(publisher):
    product = make_product(title="Mug")
    variant, gone = make_variant(product), make_variant(product)
    Product.objects.filter(pk=gone.pk).update(archived_at=timezone.now(), is_live=False)
    make_order((product, 1))
    delete_page(publisher, page_of(product))
    publish(publisher, page_of(product), title="Mug")
    assert [state(item) for item in (product, variant, gone)] == [(True, False), (True, False), (False, True)]


def test_archiving_forgets_a_scheduled_version(admin):
    product = make_product()
    make_order((product, 1))
    page = page_of(product)
    page.unpublish()
    page.revisions.update(approved_go_live_at=timezone.now())
    delete_page(admin, page)
    assert not page.revisions.exclude(approved_go_live_at=None).exists()
    assert state(product) == (False, True)


def test_question_before_deleting_changes_nothing(admin):
    product = make_product()
    make_order((product, 1))
    response = admin.get(reverse("wagtailadmin_pages:delete", args=[page_of(product).pk]))
    assert response.status_code == 200
    assert state(product) == (True, False)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("ordered", [True, False])
def test_collection_with_products_stays(admin, method, ordered):
    product = make_product(collection=make_collection(title="Kitchen"))
    if ordered:
        make_order((product, 1))
    url = reverse("wagtailadmin_pages:delete", args=[product.collection.page.pk])
    response = getattr(admin, method)(url, follow=True)
    assert messages_of(response) == ["Move or delete the products of “Kitchen” first."]
    assert (CollectionPage.objects.count(), state(product)) == (1, (True, False))


def test_empty_collection_goes_with_its_page(admin, shelf):
    delete_page(admin, shelf)
    assert (CollectionPage.objects.count(), Collection.objects.count()) == (0, 0)


def test_page_above_filled_collections_stays(admin, home):
    for title in ("Garden", "Kitchen", "Pantry", "Play"):
        make_product(collection=make_collection(title=title))
    response = delete_page(admin, home)
    assert messages_of(response) == ["Move or delete the products of “Garden”, “Kitchen” and “Pantry” first."]
    assert Product.objects.live().count() == 4


def test_page_above_empty_collections_takes_them_along(admin, home):
    make_collection()
    delete_page(admin, home)
    assert Collection.objects.count() == 0


def test_bulk_deletion_archives_what_was_sold_and_deletes_the_rest(publisher):
    sold, unsold = make_product(title="Mug"), make_product(title="Cup")
    make_order((sold, 1))
    response = bulk(publisher, "delete", page_of(sold), page_of(unsold))
    assert messages_of(response) == [ARCHIVED.format("Mug"), "1 page has been deleted"]
    assert state(sold) == (False, True)
    assert not Product.objects.filter(pk=unsold.pk).exists()


def test_bulk_deletion_of_nothing_but_what_stays(publisher):
    sold = make_product(title="Mug", collection=make_collection(title="Kitchen"))
    make_order((sold, 1))
    page = sold.collection.page
    response = bulk(publisher, "delete", page_of(sold))
    assert messages_of(response) == [ARCHIVED.format("Mug")]
    assert state(sold) == (False, True)
    assert page.get_children_count() == 1


def test_bulk_deletion_keeps_filled_collections(admin):
    filled, empty = make_product().collection, make_collection()
    response = bulk(admin, "delete", filled.page, empty.page)
    assert messages_of(response) == [
        f"Move or delete the products of “{filled.title}” first.",
        "1 page has been deleted",
    ]
    assert list(Collection.objects.all()) == [filled]


def test_editor_may_not_delete_what_is_live(editor):
    product = make_product()
    delete_page(editor, page_of(product))
    assert state(product) == (True, False)


def test_deleting_other_pages_is_not_touched(admin, home):
    page = home.add_child(instance=StandardPage(title="About us"))
    delete_page(admin, page)
    assert not StandardPage.objects.exists()
    other = home.add_child(instance=StandardPage(title="Contact"))
    bulk(admin, "delete", other)
    assert not StandardPage.objects.exists()
