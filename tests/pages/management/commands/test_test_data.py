"""The commands around the demo data: counting it, and making plain products."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from pages.invariants import check_pages
from pages.management.commands import check_test_data
from pages.models import LandingPage
from shop.models import Collection, Product
from tests.factories.catalogue import make_picture, make_product, make_variant
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def test_plain_products_are_made_in_a_collection_of_their_own(home, capsys):
    call_command("create_test_data", products=3, inventory=7)
    assert Collection.objects.get().title == "Test products"
    rows = Product.objects.order_by("pk").values_list("title", "unit_price", "inventory", "is_live")
    assert list(rows) == [(f"Test product {number}", Decimal(100 + number), 7, True) for number in (1, 2, 3)]
    call_command("create_test_data", products=1, inventory=0)
    assert Product.objects.latest("pk").title == "Test product 4"
    assert list(check_pages()) == []
    assert "Products" in capsys.readouterr().out


@pytest.mark.parametrize("options", [{"products": 0}, {"products": -1}, {"inventory": -1}])
def test_impossible_numbers_are_refused(home, options):
    with pytest.raises(CommandError, match="--products takes 1 or more, --inventory 0 or more"):
        call_command("create_test_data", **options)
    assert Collection.objects.count() == 0


def test_shop_that_lacks_something_is_told(capsys):
    make_product()
    with pytest.raises(SystemExit) as stop:
        call_command("check_test_data")
    assert stop.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["collections", "1", "missing", "9:", "run", "manage.py", "seed_db"]
    assert lines[1].split() == [
        "products",
        "on",
        "sale",
        "1",
        "missing",
        "999:",
        "run",
        "manage.py",
        "seed_db",
    ]
    assert len(lines) == len(check_test_data.WANTED) == 8


def test_full_shop_is_well(home, monkeypatch, capsys):
    enough = {name: (rows, 1) for name, (rows, _wanted) in check_test_data.WANTED.items()}
    monkeypatch.setattr(check_test_data, "WANTED", enough)
    product = make_product(pictures=[make_picture()])
    product.reviews.create(name="Asha", description="Good", rating=5)
    make_variant(product)
    make_order((product, 1))
    home.add_child(instance=LandingPage(title="Landing"))
    call_command("check_test_data")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines] == ["ok"] * 8
