"""A shop without demo data, and the steps that tick themselves off."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from pages.first_steps import FirstStepsPanel, list_steps
from pages.models import DemoStep, HomePage, PolicyKind, PolicyPage, ShopSettings
from shop.models import SellerSettings
from tests.factories.catalogue import make_picture, make_product
from tests.factories.shipping import make_rate
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


def undone() -> list[str]:
    return [str(step.label) for step in list_steps() if not step.is_done]


def change(setting, **fields) -> None:
    saved = setting.load()
    for name, value in fields.items():
        setattr(saved, name, value)
    saved.save()
    cache.clear()


def test_an_empty_shop_opens_once_and_says_what_it_lacks(client, admin, capsys):
    call_command("prepare_shop")
    call_command("prepare_shop")
    assert HomePage.objects.count() == 1
    assert client.get("/").status_code == 200
    html = admin.get("/admin/").content.decode()
    assert "0 of 7 done." in html
    assert "Name the shop" in html


def test_each_step_ticks_itself_off(home, settings):
    assert len(undone()) == 7
    change(ShopSettings, name="Bazaar")
    assert "Name the shop" not in undone()
    change(ShopSettings, logo=make_picture())
    assert "Add a logo" not in undone()
    change(SellerSettings, legal_name="Bazaar Private Limited", state="KA")
    assert "Say who sells, and the tax" not in undone()
    make_rate()
    assert "Say what delivery costs" not in undone()
    settings.RAZORPAY_IS_SIMULATED = False
    assert "Enter the payment keys" not in undone()
    for kind in PolicyKind.values:
        assert "Write the policies" in undone()
        home.add_child(instance=PolicyPage(title=kind, slug=kind, kind=kind))
    assert undone() == ["Put the first product on the shelf"]
    make_product()
    assert undone() == []


def test_the_demo_shop_has_done_with_it(home, admin):
    DemoStep.objects.create(name="home")
    assert "First steps" not in admin.get("/admin/").content.decode()


def test_only_those_who_set_the_shop_up_see_it(home, rf):

    request = rf.get("/admin/")
    request.user = make_user(username="writer")
    assert FirstStepsPanel().get_context_data({"request": request})["steps"] == []
