from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from pages.demo.catalogue import generate_products
from pages.demo.sales import SALES, seed_sales
from pages.demo.seeding import Plan
from shop.models import Sale
from shop.sale_rules import current_sales
from shop.selectors import price_product
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db
PLAN = Plan(products=(), progress=None)


def test_one_sale_runs_for_months_and_one_is_to_come():
    make_item(tags=("recycled",))
    make_item(tags=("winter",))
    seed_sales(PLAN)
    seed_sales(PLAN)
    now = timezone.now()
    assert {rule.name: rule.is_on(now) for rule in current_sales()} == {
        "Made again": True,
        "Winter warmth": False,
    }
    running = Sale.objects.get(name="Made again")
    assert running.ends_at - now > timedelta(days=170)
    assert timezone.localtime(running.starts_at).strftime("%H:%M:%S") == "00:00:00"
    assert (Sale.objects.count(), running.revisions.count()) == (2, 1)


def test_running_sale_lowers_what_is_recycled():
    product = make_item(tags=("recycled",))
    seed_sales(PLAN)
    assert price_product(product, at=timezone.now()).old_price == Decimal("110.00")


def test_shop_without_the_tags_has_no_sale_that_means_nothing():
    seed_sales(PLAN)
    assert not Sale.objects.exists()


def test_tags_of_the_sales_stand_in_the_catalogue():
    tags = {tag for product in generate_products() for tag in product.tags}
    assert {sale.tag for sale in SALES} <= tags
