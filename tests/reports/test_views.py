import csv
import io
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from reports.catalogue import REPORTS
from tests.factories.catalogue import make_item
from tests.factories.orders import make_paid_order
from tests.factories.users import make_admin, make_staff
from tests.reports.history import pay_on

pytestmark = pytest.mark.django_db

MARCH = {"period": "custom", "first": "2026-03-01", "last": "2026-03-03"}


@pytest.fixture
def admin(client):
    client.force_login(make_admin())
    return client


def read(client, name: str, **query) -> str:
    answer = client.get(reverse("report", args=[name]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_shown_with_and_without_orders(admin, name):
    assert "Nothing happened" in read(admin, name) or "<table" in read(admin, name)
    make_paid_order((make_item(unit_price="1234.00", title="Brass bell"), 2))
    assert str(REPORTS[name].title) in read(admin, name)


def test_sales_report_shows_what_was_paid_and_the_period_before(admin):
    make_paid_order((make_item(unit_price="1234.00"), 2))
    text = read(admin, "sales")
    assert "₹2,714.80" in text
    assert "before: ₹0" in text


def test_definition_stands_beside_its_figure(admin):
    make_paid_order()
    assert "Net sales, shipping and tax: what customers paid." in read(admin, "sales")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"period": "custom", "first": "2026-03-01"}, "Choose both days."),
        (
            {"period": "custom", "first": "2026-03-02", "last": "2026-03-01"},
            "Choose a last day that is not before the first.",
        ),
        ({"period": "custom", "first": "1990-01-01", "last": "2026-03-01"}, "Choose five years at most."),
        ({"period": "custom", "first": "soon", "last": "2026-03-01"}, "Enter a valid date."),
        ({"period": "ever"}, "Select a valid choice."),
    ],
)
def test_bad_filter_is_a_sentence_and_the_report_shows_the_usual_period(admin, query, sentence):
    text = read(admin, "sales", **query)
    assert sentence in text
    assert f"– {timezone.localdate().day} " in text


def test_csv_holds_the_rows_and_the_total(admin):
    pay_on(date(2026, 3, 2), (make_item(unit_price="100.00"), 2))
    answer = admin.get(reverse("report", args=["sales"]), {**MARCH, "export": "csv"})
    assert answer["Content-Disposition"].startswith('attachment; filename="sales-')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["Period", "Orders", "Units"],
        ["Sun 1 Mar 2026", "0", "0"],
        ["Mon 2 Mar 2026", "1", "2"],
        ["Tue 3 Mar 2026", "0", "0"],
        ["Whole period", "1", "2"],
    ]
    assert rows[2][8] == "220.00"


def test_xlsx_holds_numbers_as_numbers_and_texts_as_texts(admin):
    pay_on(date(2026, 3, 2), (make_item(unit_price="100.00", title="=cmd()"), 2))
    answer = admin.get(reverse("report", args=["products"]), {**MARCH, "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = next(sheet.iter_rows(min_row=2, max_row=2))
    assert (cells[1].value, cells[1].data_type) == ("=cmd()", "s")
    assert (cells[2].value, float(cells[5].value)) == (2, 200.0)


def test_formula_in_a_title_is_harmless_in_csv(admin):
    pay_on(date(2026, 3, 2), (make_item(title="=HYPERLINK(1)"), 1))
    answer = admin.get(reverse("report", args=["products"]), {**MARCH, "export": "csv"})
    assert "'=HYPERLINK(1)" in answer.content.decode()


def test_menu_leads_to_the_reports(admin):
    assert reverse("report", args=["sales"]) in admin.get(reverse("wagtailadmin_home")).content.decode()


def test_staff_without_the_permission_see_no_report(client):
    editor = make_staff()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert client.get(reverse("report", args=["sales"])).status_code == 302
    assert "/reports/shop/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    editor.user_permissions.add(Permission.objects.get(codename="view_reports"))
    assert client.get(reverse("report", args=["sales"])).status_code == 200


def test_unknown_report_is_not_found(admin):
    assert admin.get(reverse("report", args=["nothing"])).status_code == 404


def test_queries_do_not_grow_with_orders(admin, count_queries):
    url = reverse("report", args=["sales"])
    pay_on(date(2026, 3, 2))
    with count_queries() as one:
        admin.get(url, MARCH)
    for _ in range(2):
        pay_on(date(2026, 3, 2))
    with count_queries() as three:
        admin.get(url, MARCH)
    assert len(three) == len(one)
