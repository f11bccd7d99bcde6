"""What each group of staff may do, and that policies wait for approval."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Site, WorkflowState

from pages.models import PolicyPage, ShopSettings
from pages.staff_groups import EDITORS, GROUPS, MANAGERS, SUPPORT, find_permissions, set_up_groups
from shop.models import Product, TaxSettings
from tests.factories.catalogue import make_collection, make_product, page_of
from tests.factories.orders import make_paid_order
from tests.factories.users import make_user
from tests.pages.conftest import sign_in
from tests.pages.editing import add_page, edit_page, fresh, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(home):
    """A signed-in member of a group."""
    set_up_groups(home=home)

    def member(name: str):
        user = make_user(username=name.replace(" ", "-"))
        user.groups.add(Group.objects.get(name=name))
        return sign_in(user)

    return member


@pytest.fixture
def editor(staff):
    return staff(EDITORS)


@pytest.fixture
def manager(staff):
    return staff(MANAGERS)


def test_setting_up_twice_changes_nothing(home):
    set_up_groups(home=home)
    before = [(group.name, group.permissions.count()) for group in Group.objects.order_by("name")]
    set_up_groups(home=home)
    assert [(group.name, group.permissions.count()) for group in Group.objects.order_by("name")] == before


@pytest.mark.parametrize("name", GROUPS)
def test_every_named_permission_exists(name):
    for permission in GROUPS[name].permissions:
        assert find_permissions((permission,)).exists(), permission


def test_an_editor_publishes_pages_and_sets_the_look_but_no_tax(editor, home):
    assert (
        add_page(editor, home, kind="landingpage", title="Sale", **{"action-publish": "1"}).status_code == 302
    )
    assert fresh(home).get_children().live().filter(slug="sale").exists()
    assert editor.get("/admin/").status_code == 200
    for model, status in ((ShopSettings, 200), (TaxSettings, 302)):
        args = [model._meta.app_label, model._meta.model_name, model.load().pk]
        assert editor.get(reverse("wagtailsettings:edit", args=args)).status_code == status


def test_an_editor_prices_what_was_never_public(editor, manager):
    product = make_product(unit_price="100.00", inventory=10)
    body = {"unit_price": "5.00", "inventory": 10, "seen": 10}
    url = reverse("apply_product_facts", args=[page_of(product).pk])
    assert editor.post(url, body, content_type="application/json").status_code == 403
    assert manager.post(url, body, content_type="application/json").status_code == 200
    add_page(editor, make_collection().page, title="Mug", as_json=True)
    new = Product.objects.get(title="Mug")
    url = reverse("apply_product_facts", args=[page_of(new).pk])
    assert editor.post(url, {**body, "seen": 0}, content_type="application/json").status_code == 200


@pytest.fixture
def policy(staff, home) -> PolicyPage:
    return home.add_child(instance=PolicyPage(title="Privacy", slug="privacy", kind="privacy"))


def test_a_policy_waits_for_a_shop_manager(editor, manager, policy, client):
    publish(editor, policy, title="Privacy now", kind="privacy")
    assert fresh(policy).title == "Privacy"
    edit_page(editor, policy, title="Privacy now", kind="privacy", **{"action-submit": "1"})
    state = WorkflowState.objects.get()
    task = state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[policy.pk, "approve", task.pk])
    assert editor.post(url, {}).status_code in (302, 403)
    assert fresh(policy).title == "Privacy"
    assert "Privacy now" in manager.get("/admin/").content.decode()
    assert manager.post(url, {"comment": "Good."}).status_code in (200, 302)
    assert fresh(policy).title == "Privacy now"
    assert "Privacy now" in client.get("/privacy/").content.decode()


def test_a_new_policy_is_not_published_past_approval(editor, manager, home, staff):
    url = reverse("wagtailadmin_pages:add", args=["pages", "policypage", home.pk])
    assert 'name="action-publish"' not in editor.get(url).content.decode()
    assert 'name="action-publish"' in manager.get(url).content.decode()
    refused = add_page(editor, home, kind="policypage", title="Privacy", **{"action-publish": "1"})
    assert (refused.status_code, PolicyPage.objects.count()) == (302, 0)


def test_an_editor_does_not_publish_policies_in_bulk(editor, policy):
    policy.unpublish()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{url}?id={policy.pk}&next=/admin/", {})
    assert not fresh(policy).live


def test_the_site_has_the_workflow(home):
    set_up_groups(home=home)
    assert Site.objects.get().root_page.get_workflow().name == "Approval by a shop manager"


YES, NO = True, False
# page → who sees it: Editors, Shop managers, Support, Marketing
TABLE = {
    "/admin/": (YES, YES, YES, YES),
    "/admin/checkout/order/": (NO, YES, YES, NO),
    "/admin/checkout/payment/": (NO, YES, YES, NO),
    "/admin/checkout/concern/": (NO, YES, YES, NO),
    "/admin/checkout/webhookevent/": (NO, YES, NO, NO),
    "/admin/orders/{order}/send/": (NO, YES, YES, NO),
    "/admin/orders/{order}/refund/": (NO, YES, NO, NO),
    "/admin/orders/new/": (NO, YES, YES, NO),
    "/admin/reports/shop/sales/": (NO, YES, NO, YES),
    "/admin/reports/scheduled/": (NO, YES, NO, YES),
    "/admin/background-jobs/": (NO, NO, NO, NO),
}


@pytest.mark.parametrize("name", GROUPS)
def test_each_group_sees_only_what_it_may_touch(staff, name):
    order = make_paid_order()
    client = staff(name)

    seen = {page: client.get(page.format(order=order.pk)).status_code == 200 for page in TABLE}

    assert seen == {page: row[list(GROUPS).index(name)] for page, row in TABLE.items()}


def test_menu_of_support_offers_no_prices_and_no_reports(staff):
    page = staff(SUPPORT).get("/admin/").content.decode()

    assert reverse("checkout_order_modeladmin_index") in page
    assert "/admin/reports/shop/" not in page
    assert "/admin/prices/" not in page


def test_command_sets_the_groups_up(home, capsys):
    call_command("set_up_groups")

    assert set(GROUPS) <= set(Group.objects.values_list("name", flat=True))
    assert capsys.readouterr().out.startswith("Editors, Shop managers, Support, Marketing: ready.")
