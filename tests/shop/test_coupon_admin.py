"""Coupons, batches and member discounts as shop managers set them."""

import csv
import io
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission

from shop.models import Coupon, CouponBatch, Product
from shop.services.coupons import create_batch
from tests.factories.catalogue import make_item
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_order
from tests.factories.users import make_admin, make_user

pytestmark = pytest.mark.django_db

RULE = {
    "kind": "percent",
    "value": "10",
    "minimum": "0",
    "membership": "",
    "uses_limit": "",
    "uses_per_customer": "1",
    "skus": "",
}
COUPON = {**RULE, "code": "welcome10", "note": "", "is_active": "on"}
BATCH = {**RULE, "name": "Mailing", "count": "3", "prefix": "diwali", "uses_limit": "1"}


@pytest.fixture
def editor(client):
    client.force_login(make_admin())
    return client


def test_coupon_is_made_and_listed(editor):
    lamp = make_item(sku="LAMP-1")
    answer = editor.post("/admin/coupons/new/", {**COUPON, "skus": "LAMP-1"})
    assert answer.status_code == 302
    coupon = Coupon.objects.get()
    assert (coupon.code, coupon.value, coupon.uses_per_customer) == ("WELCOME10", Decimal(10), 1)
    assert list(coupon.products.all()) == [lamp]
    assert "WELCOME10" in editor.get("/admin/coupons/").content.decode()
    assert "LAMP-1" in editor.get(f"/admin/coupons/edit/{coupon.pk}/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": "OURS"}, "code", "There is a coupon with this code already."),
        ({"code": "10 %"}, "code", "Use letters, digits, - and _ only."),
        ({"value": "101"}, "value", "Enter a percentage above 0, up to 100."),
        ({"value": "0"}, "value", "Enter a percentage above 0, up to 100."),
        ({"kind": "amount", "value": "0"}, "value", "Enter how many rupees are taken off."),
        ({"skus": "LAMP-1, RUG-1"}, "skus", "There is no product with the SKU LAMP-1, RUG-1."),
        (
            {"starts_at": "2026-11-02 10:00", "ends_at": "2026-11-02 10:00"},
            "ends_at",
            "The end comes after the start.",
        ),
    ],
)
def test_coupon_that_cannot_be_is_refused_with_a_sentence(editor, typed, field, sentence):
    make_coupon("OURS")
    answer = editor.post("/admin/coupons/new/", {**COUPON, **typed})
    assert answer.context["form"].errors == {field: [sentence]}
    assert Coupon.objects.count() == 1


def test_coupon_that_lost_its_products_covers_everything_only_once_somebody_chooses_so(editor):
    make_item(sku="LAMP-1")
    editor.post("/admin/coupons/new/", {**COUPON, "skus": "LAMP-1"})
    coupon = Coupon.objects.get()
    assert coupon.covers_everything is False
    Product.objects.filter(sku="LAMP-1").delete()
    editor.post(f"/admin/coupons/edit/{coupon.pk}/", {**COUPON, "note": "Changed"})
    assert Coupon.objects.values_list("note", "covers_everything").get() == ("Changed", False)
    make_item(sku="RUG-1")
    for skus in ("RUG-1", ""):
        editor.post(f"/admin/coupons/edit/{coupon.pk}/", {**COUPON, "skus": skus})
    assert Coupon.objects.get().covers_everything is True


def test_free_delivery_needs_no_amount(editor):
    editor.post("/admin/coupons/new/", {**COUPON, "kind": "free_shipping", "value": "7"})
    assert Coupon.objects.get().value == 0


def test_edited_coupon_keeps_its_count(editor):
    coupon = make_coupon("OURS", uses_limit=5)
    make_order(coupon="OURS")
    answer = editor.post(f"/admin/coupons/edit/{coupon.pk}/", {**COUPON, "code": "ours", "uses_limit": "1"})
    assert answer.status_code == 302
    assert Coupon.objects.values_list("uses_limit", "used").get() == (1, 1)


def test_limit_below_what_is_used_is_refused(editor):
    coupon = make_coupon("OURS")
    for number in range(2):
        make_order(coupon="OURS", email=f"{number}@example.com")
    answer = editor.post(f"/admin/coupons/edit/{coupon.pk}/", {**COUPON, "code": "OURS", "uses_limit": "1"})
    assert answer.context["form"].errors == {
        "uses_limit": ["It has been used 2 times already: enter at least as many."]
    }


def test_coupon_that_orders_have_is_not_deleted(editor):
    coupon = make_coupon("OURS")
    make_order(coupon="OURS")
    answer = editor.post(f"/admin/coupons/delete/{coupon.pk}/", follow=True)
    assert "OURS stands in orders: switch it off instead." in answer.content.decode()
    assert Coupon.objects.count() == 1


def test_batch_is_made_shown_switched_and_downloaded(editor):
    make_item(sku="LAMP-1")
    answer = editor.post("/admin/coupon-batches/add/", {**BATCH, "skus": "LAMP-1"}, follow=True)
    page = answer.content.decode()
    assert "3 codes are made." in page
    assert "3 codes, 3 of them active, used 0 times." in page
    batch = CouponBatch.objects.get()
    assert {len(coupon.products.all()) for coupon in batch.coupons.all()} == {1}
    url = f"/admin/coupon-batches/{batch.pk}/"
    assert "Mailing" in editor.get("/admin/coupon-batches/").content.decode()
    editor.post(f"{url}switch/", {"is_active": "0"})
    assert not Coupon.objects.filter(is_active=True).exists()
    editor.post(f"{url}switch/", {"is_active": "1"})
    assert Coupon.objects.filter(is_active=True).count() == 3
    file = editor.get(f"{url}codes.csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0] == ["code", "active", "used", "uses in all", "starts", "ends"]
    assert [row[0] for row in rows[1:]] == sorted(batch.coupons.values_list("code", flat=True))
    assert all(row[0].startswith("DIWALI-") for row in rows[1:])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "5001"}, "count"),
        ({"prefix": "=cmd"}, "prefix"),
        ({"name": ""}, "name"),
    ],
)
def test_batch_that_cannot_be_is_refused(editor, typed, field):
    answer = editor.post("/admin/coupon-batches/add/", {**BATCH, **typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert not CouponBatch.objects.exists()


def test_rule_of_a_batch_is_changed_for_used_codes_too(editor):
    make_item(sku="LAMP-1")
    batch = create_batch(name="Mailing", count=2, rule={"value": Decimal(10), "uses_limit": 1})
    order = make_order(coupon=batch.coupons.first().code)
    url = f"/admin/coupon-batches/{batch.pk}/edit/"
    assert f'href="{url}"' in editor.get(f"/admin/coupon-batches/{batch.pk}/").content.decode()
    assert editor.get(url).context["form"].initial["uses_limit"] == 1
    rule = {**RULE, "value": "25", "uses_limit": "1", "skus": "LAMP-1"}
    answer = editor.post(url, rule, follow=True)
    assert "2 codes follow the new rule." in answer.content.decode()
    assert "LAMP-1" in answer.content.decode()
    assert set(batch.coupons.values_list("value", "covers_everything")) == {(Decimal(25), False)}
    Product.objects.filter(sku="LAMP-1").delete()
    editor.post(url, {**rule, "skus": "", "value": "30"})
    assert set(batch.coupons.values_list("value", "covers_everything")) == {(Decimal(30), False)}
    order.refresh_from_db()
    assert order.coupon_discount == Decimal("11.00")


def test_rule_of_a_batch_that_cannot_be_is_refused(editor):
    batch = create_batch(name="Mailing", count=2, rule={"value": Decimal(10)})
    code = batch.coupons.order_by("code").last().code
    for number in range(2):
        make_order(coupon=code, email=f"{number}@example.com")
    url = f"/admin/coupon-batches/{batch.pk}/edit/"
    answer = editor.post(url, {**RULE, "uses_limit": "1", "value": "0"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["value"])
    answer = editor.post(url, {**RULE, "uses_limit": "1"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["uses_limit"] == [
        "One of the codes has been used 2 times already: enter at least as many."
    ]
    assert set(batch.coupons.values_list("uses_limit", flat=True)) == {None}


def test_codes_of_batches_come_after_the_others_in_the_list(editor):
    make_coupon("OURS")
    create_batch(name="Mailing", count=2, rule={})
    make_coupon("NEWER")
    listed = editor.get("/admin/coupons/").context["object_list"]
    assert [coupon.code for coupon in listed][:2] == ["NEWER", "OURS"]
    assert len(listed) == 4


@pytest.mark.parametrize("path", ["", "add/", "{pk}/", "{pk}/edit/"])
def test_pages_of_batches_have_a_heading(editor, path):
    batch = create_batch(name="Mailing", count=1, rule={})
    content = editor.get("/admin/coupon-batches/" + path.format(pk=batch.pk)).content.decode()
    assert content.count("<h1") == 1


def test_list_says_what_a_coupon_is_about(editor, count_queries):
    products = [make_item(sku=f"LAMP-{number}") for number in range(4)]
    make_coupon("ALL")
    make_coupon("SOME", products=products)
    make_coupon("GONE", products=[], covers_everything=False)
    shown = editor.get("/admin/coupons/").content.decode()
    for scope in ("Everything", "LAMP-0, LAMP-1, LAMP-2 and 1 more", "Nothing: what it was about is gone"):
        assert scope in shown
    with count_queries() as few:
        editor.get("/admin/coupons/")
    make_coupon(products=products)
    with count_queries(len(few)):
        editor.get("/admin/coupons/")


@pytest.mark.parametrize("path", ["", "add/", "{pk}/", "{pk}/edit/", "{pk}/codes.csv"])
def test_batches_are_for_those_who_may(client, path):
    batch = create_batch(name="Mailing", count=1, rule={})
    helper = make_user()
    helper.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(helper)
    answer = client.get("/admin/coupon-batches/" + path.format(pk=batch.pk))
    assert answer.status_code in (302, 403)
    assert "Mailing" not in answer.content.decode()


def test_prices_menu_has_it_all(editor):
    page = editor.get("/admin/").content.decode()
    for label in ("Sales", "Coupons", "Batches of coupons", "Member discounts"):
        assert f'"{label}"' in page


@pytest.mark.parametrize(
    ("group", "actions"),
    [
        ("Editors", {"view_coupon"}),
        ("Moderators", {"view_coupon", "add_coupon", "change_coupon", "delete_coupon"}),
    ],
)
def test_groups_of_the_admin_may_do_their_part(group, actions):
    given = Permission.objects.filter(group__name=group, content_type__model="coupon")
    assert set(given.values_list("codename", flat=True)) == actions
