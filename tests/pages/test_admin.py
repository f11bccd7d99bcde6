"""The admin opens everywhere, and what must not be changed by forms is not."""

import pytest
from django.urls import reverse

from checkout.models import Order
from notifications.models import OutgoingEmail
from shop.models import Review, SellerSettings, Tag, TaxClass, TaxSettings
from tests.factories.catalogue import GSTIN, SELLER, make_item, make_product, make_tax_class, page_of
from tests.factories.orders import make_order
from tests.pages.editing import messages_of

pytestmark = pytest.mark.django_db


def test_dashboard_opens(admin, editor):
    make_product()
    for client in (admin, editor):
        assert client.get("/admin/").status_code == 200


def test_page_tree_opens_at_every_level(admin, home):
    product = make_product(title="Mug")
    for page in (home.get_parent(), home, product.collection.page):
        html = admin.get(reverse("wagtailadmin_explore", args=[page.pk])).content.decode()
        assert all(child.get_admin_display_title() in html for child in page.get_children())
    assert admin.get(reverse("wagtailadmin_pages:history", args=[page_of(product).pk])).status_code == 200


def test_tax_settings_are_saved(admin, django_capture_on_commit_callbacks):
    assert (
        admin.get(reverse("wagtailsettings:edit", args=["shop", "taxsettings"]), follow=True).status_code
        == 200
    )
    with django_capture_on_commit_callbacks(execute=True):
        url = reverse("wagtailsettings:edit", args=["shop", "taxsettings", TaxSettings.load().pk])
        assert admin.post(url, {"rate": "18.00", "prices_include_tax": "on"}).status_code == 302
    assert (str(TaxSettings.load().rate), TaxSettings.load().prices_include_tax) == ("18.00", True)


def test_seller_is_saved(admin, django_capture_on_commit_callbacks):
    url = reverse("wagtailsettings:edit", args=["shop", "sellersettings", SellerSettings.load().pk])
    assert "INV/2627/000001 is the first" in admin.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        wanted = {**SELLER, "gstin": GSTIN.lower(), "invoice_prefix": "INV", "credit_note_prefix": "CRN"}
        assert admin.post(url, wanted).status_code == 302
    assert (SellerSettings.load().gstin, SellerSettings.load().state) == (GSTIN, "KA")


def test_editor_may_not_change_settings(editor):
    assert editor.get(reverse("wagtailsettings:edit", args=["shop", "taxsettings"])).status_code == 302
    assert not TaxSettings.objects.filter(rate=18).exists()


def test_reference_data_is_added_and_changed(admin):
    admin.post(reverse("tags:add"), {"name": "Gift", "slug": "gift"})
    tag = Tag.objects.get()
    admin.post(reverse("tags:edit", args=[tag.pk]), {"name": "Gifts", "slug": "gift"})
    assert Tag.objects.get().name == "Gifts"
    admin.post(reverse("tax_classes:add"), {"name": "Books", "kind": "taxable", "rate": "5"})
    assert str(TaxClass.objects.get()) == "Books (5.00 %)"
    admin.post(reverse("tax_classes:add"), {"name": "Wrong", "kind": "taxable", "rate": "101"})
    assert TaxClass.objects.count() == 1


def test_tax_class_in_use_is_not_deleted(admin):
    tax_class = make_tax_class()
    make_item(tax_class_id=tax_class.pk)
    response = admin.post(reverse("tax_classes:delete", args=[tax_class.pk]), follow=True)
    assert messages_of(response) == ["Books (5.00 %) is used by products: give them another one first."]
    assert TaxClass.objects.count() == 1


def test_tax_class_that_nothing_uses_is_deleted(admin):
    admin.post(reverse("tax_classes:delete", args=[make_tax_class().pk]))
    assert TaxClass.objects.count() == 0


def test_review_is_approved(admin):
    review = make_item().reviews.create(name="Asha", description="Good", is_approved=False)
    admin.post(reverse("reviews:edit", args=[review.pk]), {"is_approved": "on", "answer": ""})
    assert Review.objects.get().is_approved


RECORDS = ["order", "payment", "refund", "webhookevent"]


@pytest.mark.parametrize(
    "name", [*(f"checkout_{record}" for record in RECORDS), "notifications_outgoingemail"]
)
def test_records_are_listed_and_never_added(admin, name):
    assert admin.get(reverse(f"{name}_modeladmin_index")).status_code == 200
    assert admin.post(reverse(f"{name}_modeladmin_create")).status_code in (302, 403)


def test_order_is_read_and_neither_edited_nor_deleted(admin, django_capture_on_commit_callbacks):
    order = make_order()
    html = admin.get(reverse("checkout_order_modeladmin_inspect", args=[order.pk])).content.decode()
    assert f"#{order.number}" in html
    for action in ("edit", "delete"):
        url = reverse(f"checkout_order_modeladmin_{action}", args=[order.pk])
        assert admin.post(url, {"status": "paid"}).status_code in (302, 403)
    assert Order.objects.get().status == "placed"


def test_mail_is_read(admin):
    mail = OutgoingEmail.objects.create(purpose="test:1", to="a@example.com", subject="Hello", text="Words")
    url = reverse("notifications_outgoingemail_modeladmin_inspect", args=[mail.pk])
    assert "Hello" in admin.get(url).content.decode()


def test_order_list_costs_the_same_for_one_and_for_three(admin, count_queries):
    url = reverse("checkout_order_modeladmin_index")
    costs = []
    for count in (1, 2):
        for _ in range(count):
            make_order()
        admin.get(url)
        with count_queries() as counted:
            assert admin.get(url).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
