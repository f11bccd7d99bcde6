from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from shop.models import Product, Sale, Tag
from shop.selectors import price_product
from tests.factories.catalogue import make_item, make_shelf
from tests.factories.sales import make_sale
from tests.factories.users import make_admin, make_user
from tests.shop.sale_forms import add_sale, edit_sale, messages_of, url_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_admin())
    return client


def sign_in_with(*permissions: str) -> Client:
    """Somebody of the staff who may do these things with sales."""
    group = Group.objects.create(name="Shop")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(codename__in=[f"{name}_sale" for name in permissions]),
    )
    user = make_user()
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def price_now(product: Product) -> str:
    Sale.forget_rules()
    return str(price_product(product, at=timezone.now()).unit.net)


def test_published_sale_reduces_what_it_names(admin):
    lamp, rug = make_item(tags=("Brass",)), make_item()
    response = add_sale(admin, products=[rug], tags=Tag.objects.all(), collections=[make_shelf(title="New")])
    assert "created and published." in messages_of(response)
    sale = Sale.objects.get()
    assert [row.product for row in sale.chosen.all()] == [rug]
    assert [tag.slug for tag in sale.tags.all()] == ["brass"]
    assert [collection.title for collection in sale.collections.all()] == ["New"]
    assert (sale.live, price_now(lamp), price_now(rug)) == (True, "80.00", "80.00")


def test_draft_changes_no_price_until_it_is_published(admin):
    lamp, rug = make_item(), make_item()
    add_sale(admin, publish=False, products=[lamp])
    sale = Sale.objects.get()
    assert (sale.live, price_now(lamp)) == (False, "100.00")
    edit_sale(admin, sale, products=[lamp])
    assert price_now(lamp) == "80.00"
    edit_sale(admin, sale, action="", value="50", products=[rug])
    assert (price_now(lamp), price_now(rug)) == ("80.00", "100.00")
    edit_sale(admin, sale, value="50", products=[rug])
    assert (price_now(lamp), price_now(rug)) == ("100.00", "50.00")


def test_unpublished_sale_ends_at_once(admin):
    lamp = make_item()
    sale = make_sale(products=[lamp])
    sale.save_revision().publish()
    assert price_now(lamp) == "80.00"
    admin.post(url_of("unpublish", sale))
    assert price_now(lamp) == "100.00"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"value": "100.01"}, "A sale takes off 100 percent at most."),
        ({"value": "0"}, "Enter a value above zero."),
        ({"kind": "fixed", "value": "0.99"}, "A fixed price is ₹1 at least."),
        ({"starts_at": "2026-12-01 10:00", "ends_at": "2026-12-01 10:00"}, "The end lies after the start."),
        (
            {"covers_everything": "", "products": ()},
            "Choose products, collections or tags, or tick “everything in the shop”.",
        ),
        (
            {"covers_everything": "on"},
            "Tick “everything in the shop” or name products, collections and tags, not both.",
        ),
    ],
)
def test_form_says_what_is_wrong(admin, fields, sentence):
    response = add_sale(admin, **{"products": [make_item()], **fields})
    assert sentence in response.content.decode()
    assert not Sale.objects.exists()


def test_unfinished_draft_is_kept_but_not_published(admin):
    add_sale(admin, publish=False, name="Later")
    sale = Sale.objects.get(name="Later")
    assert "Choose products" in edit_sale(admin, sale, name="Later").content.decode()
    assert not Sale.objects.get().live


def test_product_that_is_taken_out_again_is_not_named(admin):
    sale = make_sale(products=[make_item()])
    sale.save_revision().publish()
    assert "Choose products" in edit_sale(admin, sale).content.decode()


def test_form_names_sales_of_the_same_products_in_the_same_time(admin):
    lamp, now = make_item(), timezone.now()
    make_sale("amount", "5", name="Brass week", products=[lamp], ends_at=now + DAY)
    make_sale(name="Later", products=[lamp], starts_at=now + 3 * DAY)
    make_sale(name="Others", products=[make_item()])
    response = add_sale(admin, products=[lamp], ends_at=(now + 2 * DAY).strftime("%Y-%m-%d %H:%M"))
    said = messages_of(response)
    assert "“Brass week” touches the same products in the same time: the lowest price wins." in said
    page = admin.get(url_of("edit", Sale.objects.get(name="Diwali"))).content.decode()
    assert "Brass week" in page
    assert "1 product in common" in page
    assert "Others" not in page
    assert "Later" not in page


def test_form_says_that_no_other_sale_meets_this_one(admin):
    sale = make_sale(products=[make_item()])
    assert "No other sale touches these products" in admin.get(url_of("edit", sale)).content.decode()


def test_new_form_opens_without_that_panel(admin):
    page = admin.get(url_of("add"))
    assert page.status_code == 200
    assert "Other sales of the same products" not in page.content.decode()


def test_autosave_warns_of_nothing(admin):
    lamp = make_item()
    make_sale(name="Brass week", products=[lamp])
    sale = make_sale(products=[lamp])
    edit_sale(admin, sale, action="", headers={"accept": "application/json"}, products=[lamp])
    assert "Brass week" not in messages_of(admin.get(url_of("list")))


def test_list_shows_what_each_sale_offers(admin):
    make_sale("percent", "12.50", name="A")
    make_sale("amount", "300", name="B")
    make_sale("fixed", "99", name="C", live=False)
    page = admin.get(url_of("list")).content.decode()
    for words in ("12.5 % off", "₹300 off", "₹99 each"):
        assert words in page


def permissions_of(group: str) -> set[str]:
    found = Permission.objects.filter(group__name=group, content_type__model="sale")
    return {codename.removesuffix("_sale") for codename in found.values_list("codename", flat=True)}


def test_editors_draft_sales_and_moderators_publish_them():
    assert permissions_of("Editors") == {"add", "change"}
    assert permissions_of("Moderators") == {"add", "change", "delete", "publish", "lock", "unlock"}


def test_who_may_change_but_not_publish_makes_drafts():
    client = sign_in_with("add", "change")
    lamp = make_item()
    add_sale(client, products=[lamp])
    sale = Sale.objects.get()
    assert (sale.live, price_now(lamp)) == (False, "100.00")
    edit_sale(client, sale, products=[lamp])
    assert not Sale.objects.get().live


def test_who_may_publish_publishes():
    client = sign_in_with("add", "change", "publish")
    add_sale(client, products=[make_item()])
    assert Sale.objects.get().live


def test_who_has_no_permission_sees_no_sales():
    client = sign_in_with()
    assert add_sale(client).status_code in (302, 403) or not Sale.objects.exists()
    assert not Sale.objects.exists()


def test_workflow_publishes_what_was_approved(admin):
    lamp = make_item()
    approvers = Group.objects.create(name="Approvers")
    workflow = Workflow.objects.create(name="Prices")
    task = GroupApprovalTask.objects.create(name="A second look")
    task.groups.add(approvers)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(Sale)
    )
    editor = sign_in_with("add", "change")
    add_sale(editor, publish=False, products=[lamp])
    sale = Sale.objects.get()
    edit_sale(editor, sale, action="submit", products=[lamp])
    assert (Sale.objects.get().live, price_now(lamp)) == (False, "100.00")
    state = Sale.objects.get().current_workflow_task_state
    namespace = Sale.snippet_viewset.get_url_name("workflow_action")
    admin.post(reverse(namespace, args=[sale.pk, "approve", state.pk]), {"comment": "Good"})
    assert (Sale.objects.get().live, price_now(lamp)) == (True, "80.00")


def test_scheduled_sale_is_published_and_expires_by_the_job():
    lamp, now = make_item(), timezone.now()
    sale = make_sale(products=[lamp], live=False)
    sale.go_live_at = now + DAY
    revision = sale.save_revision()
    revision.publish()
    call_command("publish_scheduled")
    assert price_now(lamp) == "100.00"
    revision.refresh_from_db()
    revision.approved_go_live_at, revision.content["go_live_at"] = now - DAY, (now - DAY).isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert price_now(lamp) == "80.00"
    Sale.objects.update(expire_at=now - DAY)
    assert price_now(lamp) == "100.00"  # exactly, before the job comes by
    call_command("publish_scheduled")
    assert (Sale.objects.get().live, Sale.objects.get().expired) == (False, True)


def test_revision_remembers_what_the_sale_named(admin):
    lamp, rug = make_item(), make_item()
    sale = make_sale("percent", "20", products=[lamp], collections=[make_shelf(title="New")])
    first = sale.save_revision()
    first.publish()
    edit_sale(admin, sale, kind="fixed", value="50", products=[rug])
    assert price_now(lamp) == "100.00"
    first.publish()
    again = Sale.objects.get()
    assert (again.kind, again.value) == ("percent", Decimal("20.00"))
    assert [row.product for row in again.chosen.all()] == [lamp]
    assert [collection.title for collection in again.collections.all()] == ["New"]


def test_sale_is_deleted_with_all_it_named(admin):
    lamp = make_item()
    sale = make_sale(products=[lamp])
    sale.save_revision().publish()
    admin.post(url_of("delete", sale))
    assert not Sale.objects.exists()
    assert price_now(lamp) == "100.00"


def test_product_chooser_finds_by_title_and_sku(admin):
    make_item(title="Brass lamp", sku="LAMP-1")
    make_item(title="Cotton rug", sku="RUG-1")
    url = reverse("product_chooser:choose_results")
    for query in ("brass", "LAMP-"):
        page = admin.get(url, {"q": query}).content.decode()
        assert "Brass lamp" in page
        assert "Cotton rug" not in page
    everything = admin.get(reverse("product_chooser:choose"), {"multiple": "1"}).content.decode()
    assert "Cotton rug" in everything
