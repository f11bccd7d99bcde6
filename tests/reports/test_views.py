import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.factories.catalogue import make_item
from tests.factories.orders import make_paid_order
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


def test_the_sales_report_shows_what_was_paid(client):
    make_paid_order((make_item(unit_price="1234.00"), 2))
    client.force_login(make_admin())

    answer = client.get(reverse("sales_report"))

    assert answer.status_code == 200
    assert "1 paid orders, ₹2,714.80 with tax, ₹2,714.80 an order." in " ".join(
        answer.content.decode().split()
    )


def test_the_reports_menu_leads_to_the_sales_report(client):
    client.force_login(make_admin())

    assert reverse("sales_report") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_staff_who_may_not_see_orders_see_no_sales(client):
    editor = make_staff()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    answer = client.get(reverse("sales_report"))

    assert answer.status_code == 302
    assert reverse("sales_report") not in client.get(reverse("wagtailadmin_home")).content.decode()
