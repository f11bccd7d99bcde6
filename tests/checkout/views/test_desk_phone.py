from decimal import Decimal

import pytest

from checkout.models import Cart, Order
from tests.factories.catalogue import make_item
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_order
from tests.factories.users import make_admin, make_customer, make_staff

pytestmark = pytest.mark.django_db

URL = "/admin/orders/new/"
ADDRESS = {
    "name": "Meera Shah",
    "line1": "4 Hill Road",
    "city": "Mumbai",
    "state": "MH",
    "postal_code": "400050",
}
PICKED_UP = {"email": "asha@example.com", "is_picked_up": "on"}


@pytest.fixture
def staff(client):
    client.force_login(make_admin())
    return client


def send(staff, *lines, **fields):
    data = {"form-TOTAL_FORMS": "8", "form-INITIAL_FORMS": "0", "key": "k" * 32, **fields}
    for number, (product_id, count) in enumerate(lines):
        data |= {f"form-{number}-product": product_id, f"form-{number}-quantity": count}
    return staff.post(URL, data)


def test_form_is_reached_from_the_list_of_orders(staff):
    assert f'href="{URL}"' in staff.get("/admin/checkout/order/").content.decode()
    page = staff.get(URL)
    assert (page.status_code, len(page.context["lines"].forms)) == (200, 8)


def test_order_for_somebody_without_an_account(staff):
    lamp, rug = make_item(inventory=9), make_item(inventory=9)
    answer = send(
        staff,
        (lamp.pk, 2),
        (rug.pk, ""),
        (lamp.pk, 1),
        email="asha@example.com",
        name="Asha Rao",
        phone="+919876543210",
        line1="12 MG Road",
        city="Bengaluru",
        postal_code="560038",
    )
    order = Order.objects.get()
    assert answer.url == f"/admin/checkout/order/inspect/{order.pk}/"
    assert (order.email, order.name, order.state, order.customer) == (
        "asha@example.com",
        "Asha Rao",
        "KA",
        None,
    )
    assert list(order.items.values_list("product_id", "quantity")) == [(lamp.pk, 3), (rug.pk, 1)]


def test_order_for_a_customer_takes_what_is_known(staff):
    customer = make_customer(email="ravi@example.com")
    make_order(customer=customer)
    send(staff, (make_item().pk, 1), customer=customer.pk, name="Ravi at work")
    order = Order.objects.first()
    assert (order.customer, order.email, order.name) == (customer, "ravi@example.com", "Ravi at work")
    assert (order.line1, order.city) == ("12 MG Road", "Bengaluru")


def test_typed_address_is_taken_whole(staff):
    customer = make_customer(first_name="Ravi", last_name="Iyer", phone="+919812345678")
    make_order(customer=customer, name="Asha Rao")
    answer = send(staff, (make_item().pk, 1), customer=customer.pk, line1="4 Hill Road")
    assert answer.status_code == 400
    assert {"city", "postal_code"} <= answer.context["form"].errors.keys()
    fields = {name: value for name, value in ADDRESS.items() if name != "name"}
    send(staff, (make_item().pk, 1), customer=customer.pk, **fields)
    order = Order.objects.first()
    assert (order.name, order.phone) == ("Ravi Iyer", "+919812345678")
    assert order.address_lines == ["4 Hill Road", "Mumbai 400050", "Maharashtra"]


@pytest.mark.parametrize("missing", ["name", "line1", "city", "postal_code"])
def test_what_is_delivered_needs_a_whole_address(staff, missing):
    fields = {name: value for name, value in ADDRESS.items() if name != missing}
    answer = send(staff, (make_item().pk, 1), email="asha@example.com", **fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [missing])
    assert Order.objects.count() == 0


def test_last_address_without_a_pin_code_must_be_entered_anew(staff):
    customer = make_customer()
    make_order(customer=customer, postal_code="")
    answer = send(staff, (make_item().pk, 1), customer=customer.pk)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["postal_code"])


def test_state_follows_the_pin_code_unless_staff_insist(staff):
    fields = {"email": "asha@example.com", **ADDRESS}
    lamp = make_item(inventory=9)
    answer = send(staff, (lamp.pk, 1), **fields | {"state": "GA"})
    sentence = "The PIN code 400050 usually lies in Maharashtra, not in Goa."
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    assert 'type="checkbox" name="keeps_state"' in answer.content.decode()
    send(staff, (lamp.pk, 1), **fields | {"state": "GA", "keeps_state": "on"})
    send(staff, (lamp.pk, 1), **fields | {"state": "", "key": "m" * 32})
    assert list(Order.objects.order_by("pk").values_list("state", flat=True)) == ["GA", "MH"]


def test_order_that_is_picked_up_has_no_address(staff):
    customer = make_customer()
    make_order(customer=customer)
    send(staff, (make_item().pk, 1), customer=customer.pk, is_picked_up="on")
    order = Order.objects.first()
    assert (order.address_lines, order.postal_code, order.shipping_method) == ([], "", "")
    answer = send(staff, (make_item().pk, 1), **PICKED_UP, **ADDRESS)
    assert list(answer.context["form"].errors) == ["is_picked_up"]


def test_form_sent_twice_is_one_order(staff):
    lamp = make_item(inventory=9)
    answers = [send(staff, (lamp.pk, 2), **PICKED_UP) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Order.objects.count() == 1


@pytest.mark.parametrize("fields", [ADDRESS, PICKED_UP | {"email": "asha"}, PICKED_UP | {"phone": "12"}])
def test_form_says_what_is_missing(staff, fields):
    assert send(staff, (make_item().pk, 1), **fields).status_code == 400
    assert Order.objects.count() == 0


def test_order_needs_a_product(staff):
    answer = send(staff, **PICKED_UP)
    assert (answer.status_code, "Choose at least one product." in answer.content.decode()) == (400, True)
    assert send(staff, ("", 0), **PICKED_UP).status_code == 400


def test_shortage_names_the_product(staff):
    lamp = make_item(title="Lamp", inventory=1)
    answer = send(staff, (lamp.pk, 2), **PICKED_UP)
    assert answer.status_code == 400
    assert "Only 1 of Lamp are left." in answer.content.decode()
    assert 'value="asha@example.com"' in answer.content.decode()


def test_cap_is_said(staff, settings):
    settings.ORDER_UNPAID_LIMIT_GUEST = 0
    answer = send(staff, (make_item().pk, 1), **PICKED_UP)
    assert "too many unpaid orders" in answer.content.decode()


def test_coupon_that_the_buyer_names_holds(staff):
    make_coupon("WELCOME10")
    send(staff, (make_item().pk, 1), **PICKED_UP, coupon=" welcome10 ")
    order = Order.objects.get()
    assert (order.coupon_code, order.total) == ("WELCOME10", Decimal("99.00"))


def test_coupon_that_does_not_hold_is_said_beside_its_field(staff):
    make_coupon("WELCOME10", first_order_only=True)
    make_order(email="asha@example.com")
    answer = send(staff, (make_item().pk, 1), **PICKED_UP, coupon="WELCOME10")
    assert answer.status_code == 400
    assert answer.context["form"].errors["coupon"] == [
        "The coupon WELCOME10 is for a first order only, and you have ordered before."
    ]
    assert (Order.objects.count(), Cart.objects.count()) == (1, 0)


def test_order_that_comes_to_nothing_or_too_little_says_so(staff):
    make_coupon("GIFT", value="100")
    make_coupon("ALMOST", kind="amount", value="109.50")
    lamp = make_item()
    refused = send(staff, (lamp.pk, 1), **PICKED_UP, coupon="ALMOST")
    assert (refused.status_code, "comes to ₹0.50" in refused.content.decode()) == (400, True)
    answer = send(staff, (lamp.pk, 1), **PICKED_UP, coupon="GIFT")
    order = Order.objects.get()
    assert order.status == "paid"
    assert "There is nothing to pay" in staff.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("chooser", "query", "found"),
    [
        ("desk_customers", "ravi", "Ravi Iyer"),
        ("desk_customers", "iyer example", "Ravi Iyer"),
        ("desk_products", "lam", "Lamp"),
    ],
)
def test_choosers_find_by_word(staff, chooser, query, found):
    make_customer(first_name="Ravi", last_name="Iyer", email="iyer@example.com")
    make_customer(first_name="Asha", last_name="Rao")
    make_item(title="Lamp")
    make_item(title="Rug")
    for view in ("", "results/"):
        content = staff.get(f"/admin/{chooser}/{view}", {"q": query}).content.decode()
        assert found in content
        assert "Asha Rao" not in content
        assert "Rug" not in content


def test_chosen_customer_is_told_to_the_form(staff):
    customer = make_customer(first_name="Ravi", last_name="Iyer")
    assert "Ravi Iyer" in staff.get(f"/admin/desk_customers/chosen/{customer.pk}/").content.decode()
    product = make_item(title="Lamp")
    assert "Lamp" in staff.get(f"/admin/desk_products/chosen/{product.pk}/").content.decode()


def test_editors_see_no_customers(client):
    from django.contrib.auth.models import Permission

    user = make_staff()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    for path in ("desk_customers/", "desk_customers/results/", "desk_products/", "orders/new/"):
        assert client.get(f"/admin/{path}").status_code in (302, 403)
