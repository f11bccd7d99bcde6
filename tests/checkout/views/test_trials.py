"""“Try prices”: the breakdown, and which rule did what, without a trace."""

from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from checkout.models import Cart, Order
from shop.models import Coupon
from tests.factories.catalogue import make_item, make_tax_class, set_seller
from tests.factories.coupons import make_coupon, set_tiers
from tests.factories.shipping import make_rate, make_zone
from tests.factories.users import make_admin, make_user

pytestmark = pytest.mark.django_db

PATH = "/admin/prices/try/"


@pytest.fixture
def editor(client):
    client.force_login(make_admin())
    return client


def ask(client, *lines, **typed):
    query = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0", **typed}
    for number, (product, quantity) in enumerate(lines):
        query |= {f"form-{number}-product": product.pk, f"form-{number}-quantity": quantity}
    return client.get(PATH, query)


def page(answer) -> str:
    return unescape(" ".join(answer.content.decode().split()))


def test_panel_opens_empty(editor):
    answer = editor.get(PATH)
    assert answer.status_code == 200
    assert 'id="result"' not in page(answer)


def test_panel_says_what_it_costs_and_why(editor):
    set_seller(state="KA")
    set_tiers(gold="5")
    make_coupon("WELCOME10")
    lamp = make_item(
        title="Lamp", unit_price="800.00", tax_class_id=make_tax_class(name="Lamps", rate="18").pk
    )
    answer = ask(editor, (lamp, 1), membership="G", state="MH", postal_code="400001", coupon="welcome10")
    shown = page(answer)
    assert answer.status_code == 200
    assert answer.context["trial"].quote.priced.totals.total == Decimal("807.12")
    for sentence in (
        "It costs ₹807.12",
        "No sale: ₹944 for one, with tax.",
        "Its share of the member discount: ₹47.20.",
        "Its share of the coupon: ₹89.68.",
        "Tax 18 % (Lamps), as IGST.",
        "Gold members save 5 % on every order: ₹47.20.",
        "Coupon WELCOME10, on what is left: ₹89.68.",
        "The goods go to Maharashtra, another state than the seller's: IGST.",
    ):
        assert sentence in shown


def test_panel_within_the_state_has_cgst_and_sgst(editor):
    set_seller(state="KA")
    shown = page(ask(editor, (make_item(), 1), state="KA"))
    assert "The goods stay in Karnataka: CGST and SGST." in shown
    assert "as CGST and SGST, half each." in shown


def test_panel_without_address_is_handed_over_at_the_shop(editor):
    assert "Handed over at the shop" in page(ask(editor, (make_item(), 1)))


def test_panel_says_why_a_coupon_does_not_hold(editor):
    make_coupon("BIG", minimum=Decimal(500))
    shown = page(ask(editor, (make_item(), 1), coupon="BIG"))
    assert "Add products for ₹390 more to use the coupon BIG" in shown
    assert "It costs ₹110" in shown


def test_panel_says_which_product_a_coupon_is_not_about(editor):
    lamp, rug = make_item(), make_item()
    make_coupon("LAMPS", products=[lamp])
    assert "The coupon is not about this product." in page(ask(editor, (lamp, 1), (rug, 1), coupon="LAMPS"))


def test_panel_prices_cash_on_delivery_where_it_is_offered(editor):
    make_rate(zone=make_zone(states=["KA"], cash=True, cash_fee="40.00", cash_cap="500.00"), charge="59.00")
    lamp = make_item(unit_price="100.00")
    address = {"state": "KA", "postal_code": "560038", "payment_method": "cod"}
    shown = page(ask(editor, (lamp, 1), **address))
    for sentence in ("It costs ₹209", "Delivery “Standard”: ₹59.", "Cash on delivery: ₹40, charged with"):
        assert sentence in shown
    refused = ask(editor, (lamp, 5), **address)
    assert refused.context["form"].errors["payment_method"] == [
        "Cash on delivery is offered up to ₹500. Please pay online."
    ]


def test_panel_looks_at_another_moment(editor):
    make_coupon("LATER", starts_at=timezone.now() + timedelta(days=2))
    lamp = make_item()
    assert "starts on" in page(ask(editor, (lamp, 1), coupon="LATER"))
    later = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    assert "It costs ₹99" in page(ask(editor, (lamp, 1), coupon="LATER", at=later))


def test_panel_writes_nothing(editor, count_queries):
    coupon = make_coupon("ONCE", uses_limit=1)
    lamp = make_item()
    ask(editor, (lamp, 1), coupon="ONCE")
    with count_queries() as counted:
        ask(editor, (lamp, 2), coupon="ONCE", membership="G")
    assert not [sql for sql in counted.statements if not sql.startswith("SELECT")]
    assert (Cart.objects.count(), Order.objects.count()) == (0, 0)
    assert Coupon.objects.get(pk=coupon.pk).used == 0


@pytest.mark.parametrize(
    ("typed", "said"), [({}, "Choose at least one product."), ({"postal_code": "12"}, "PIN")]
)
def test_panel_asks_for_what_is_missing(editor, typed, said):
    answer = ask(editor, **typed)
    assert answer.status_code == 400
    assert said in page(answer)


def test_panel_is_for_those_who_see_prices(client):
    helper = make_user()
    helper.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(helper)
    assert client.get(PATH).status_code in (302, 403)
    helper.user_permissions.add(
        Permission.objects.get(codename="view_coupon", content_type__app_label="shop")
    )
    client.force_login(type(helper).objects.get(pk=helper.pk))
    assert client.get(PATH).status_code == 200
