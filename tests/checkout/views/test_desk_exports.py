"""Orders and customers as files: whole, safe to open, for those who may see them."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from checkout.exported_records import find_orders
from checkout.models import Order
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.orders import make_order
from tests.factories.users import make_admin, make_customer, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    client = Client()
    client.force_login(make_admin())
    return client


def download(client, what: str, **query) -> list[dict[str, str]]:
    answer = client.get(reverse(f"desk_export_{what}", args=["csv"]), query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_order_is_a_row_with_its_products(admin):
    order = make_order(
        (make_item(sku="L-1"), 2), name="=HYPERLINK(1)", now=datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    )
    (row,) = download(admin, "orders")
    assert (row["number"], row["placed"], row["status"]) == (
        str(order.number),
        "2026-03-02 01:30",
        "Waiting for payment",
    )
    assert (row["name"], row["phone"], row["products"], row["pieces"]) == (
        "'=HYPERLINK(1)",
        "'+919876543210",
        "2 × L-1",
        "2",
    )
    assert row["total"] == str(Order.objects.get().total)


def test_orders_of_some_days(admin):
    for day in (1, 2, 3):
        make_order(now=datetime(2026, 3, day, 12, 0, tzinfo=UTC))
    assert [
        row["placed"][:10] for row in download(admin, "orders", first="2026-03-02", last="2026-03-02")
    ] == ["2026-03-02"]
    assert len(download(admin, "orders", first="soon", last="2026-02-31")) == 3


def test_customer_is_a_row_with_what_they_paid_for(admin):
    customer = make_customer(username="asha", first_name="Asha", last_name="Rao", phone="+919876543210")
    make_order(customer=customer)
    paid = make_order(customer=customer)
    Order.objects.filter(pk=paid.pk).update(status="paid")
    (row,) = [row for row in download(admin, "customers") if row["username"] == "asha"]
    assert (row["name"], row["orders"], row["spent"]) == ("Asha Rao", "1", str(paid.total))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("what", "expected"), [("orders", 5), ("customers", 4)])
def test_export_asks_no_more_for_more_rows(admin, count_queries, rows, what, expected):
    for _number in range(rows):
        make_order(customer=make_customer())
    warm_settings()
    with count_queries(20) as counted:
        download(admin, what)
    assert len(counted) == expected


def test_workbook_holds_texts_as_texts(admin):
    make_order(name="=1+1")
    answer = admin.get(reverse("desk_export_orders", args=["xlsx"]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    names = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, names.index("name") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("what", ["orders", "customers"])
def test_who_may_not_see_them_does_not_get_them(what):
    client = Client()
    client.force_login(make_staff())
    assert client.get(reverse(f"desk_export_{what}", args=["csv"])).status_code in (302, 403)


def test_orders_until_the_last_day_of_the_calendar_are_all_orders():
    make_order()

    assert find_orders(first=None, last=date.max).count() == 1
