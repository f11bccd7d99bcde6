"""Customers: their own profile, and what staff do."""

from datetime import date

import pytest

from accounts.models import Address, Customer
from accounts.services.customers import CustomerExists, create_customer
from tests.api.wire import (
    ENCODINGS,
    FORBIDDEN,
    NOT_FOUND,
    REQUIRED,
    UNAUTHENTICATED,
    detail_body,
    field_body,
    missing_body,
    refused_method,
    sign_in,
)
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order
from tests.factories.users import make_address, make_customer, make_user

pytestmark = pytest.mark.django_db

CUSTOMERS, ME = "/store/customers/", "/store/customers/me/"
EXISTS = ["This user already has a customer profile."]
BAD_PHONE = "Enter a phone number with 7 to 15 digits, for example +91 98765 43210."


def shape(customer: Customer, **changes) -> dict:
    shape = {
        "id": customer.pk,
        "user_id": customer.user_id,
        "phone": customer.phone,
        "birth_date": None,
        "membership": "B",
    }
    return {**shape, **changes}


def path_of(customer: Customer, rest: str = "") -> str:
    return f"{CUSTOMERS}{customer.pk}/{rest}"


def test_me(guest, shopper, customer):
    assert guest.get(ME).told == UNAUTHENTICATED
    assert shopper.get(ME).told == (200, shape(customer))


def test_me_makes_the_profile_of_staff_who_have_none(staff):
    answer = staff.get(ME)
    assert answer.told == (200, shape(Customer.objects.get()))


@pytest.mark.parametrize("method", ["put", "post"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_put_and_post_me(shopper, customer, method, encoding):
    body = {"phone": "+91 98765 00000", "birth_date": "1990-02-28", "membership": "B"}
    answer = getattr(shopper, method)(ME, body, encoding)
    assert answer.told == (200, shape(customer, phone="+91 98765 00000", birth_date="1990-02-28"))
    customer.refresh_from_db()
    assert (customer.phone, customer.birth_date) == ("+91 98765 00000", date(1990, 2, 28))


@pytest.mark.parametrize("method", ["put", "post", "patch"])
def test_what_is_omitted_keeps_its_value(shopper, customer, method):
    Customer.objects.update(birth_date=date(1990, 2, 28), membership="S")
    answer = getattr(shopper, method)(ME, {"phone": "+919876500000"})
    expected = shape(customer, phone="+919876500000", birth_date="1990-02-28", membership="S")
    assert answer.told == (200, expected)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_patch_me(shopper, customer, encoding):
    answer = shopper.patch(ME, {"birth_date": "1990-02-28"}, encoding)
    assert answer.told == (200, shape(customer, birth_date="1990-02-28"))
    assert shopper.patch(ME, {}).status == 200


def test_birth_date_can_be_taken_back(shopper, customer):
    Customer.objects.update(birth_date=date(1990, 2, 28))
    assert shopper.patch(ME, {"birth_date": None}).told == (200, shape(customer))


@pytest.mark.parametrize("method", ["put", "post", "patch"])
def test_own_membership_is_validated_and_ignored(shopper, customer, method):
    answer = getattr(shopper, method)(ME, {"phone": customer.phone, "membership": "G"})
    assert answer.told == (200, shape(customer))
    assert Customer.objects.get().membership == "B"
    bad = getattr(shopper, method)(ME, {"phone": customer.phone, "membership": "X"})
    assert bad.told == (400, field_body(membership=['"X" is not a valid choice.']))


def test_staff_change_their_own_membership(staff):
    answer = staff.patch(ME, {"membership": "G"})
    assert (answer.status, answer.body["membership"]) == (200, "G")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"phone": REQUIRED}),
        ({"phone": ""}, {"phone": ["This field may not be blank."]}),
        ({"phone": None}, {"phone": ["This field may not be null."]}),
        ({"phone": "call me"}, {"phone": [BAD_PHONE]}),
        ({"phone": "1" * 21}, {"phone": [BAD_PHONE, "Ensure this field has no more than 20 characters."]}),
        (
            {"phone": "+919876543210", "birth_date": "28.02.1990"},
            {"birth_date": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]},
        ),
        ({"phone": "+919876543210", "membership": ""}, {"membership": ['"" is not a valid choice.']}),
    ],
)
@pytest.mark.parametrize("method", ["put", "post"])
def test_me_bad_values(shopper, customer, method, body, fields):
    assert getattr(shopper, method)(ME, body).told == (400, field_body(**fields))
    assert Customer.objects.get().phone == customer.phone


def test_me_ignores_what_clients_may_not_set(shopper, customer):
    other = make_user()
    answer = shopper.patch(ME, {"id": 99, "user_id": other.pk, "user": other.pk})
    assert answer.told == (200, shape(customer))


def test_delete_me(shopper):
    assert shopper.delete(ME).told == refused_method("DELETE")


@pytest.mark.parametrize(
    ("method", "rest"),
    [("GET", ""), ("POST", ""), ("GET", "1/"), ("PUT", "1/"), ("PATCH", "1/"), ("DELETE", "1/")],
)
def test_customers_are_for_staff(guest, shopper, method, rest):
    assert guest.send(method, CUSTOMERS + rest).told == UNAUTHENTICATED
    assert shopper.send(method, CUSTOMERS + rest).told == FORBIDDEN


def test_list_customers(staff, customer):
    other = make_customer()
    assert staff.get(CUSTOMERS).told == (200, [shape(customer), shape(other)])
    page = staff.get(f"{CUSTOMERS}?page=2&page_size=1").body
    assert (page["count"], page["results"], page["next"]) == (2, [shape(other)], None)
    assert page["previous"] == "http://testserver/store/customers/?page_size=1"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_customers_query_count(staff, customer, count_queries, rows):
    for _ in range(rows - 1):
        make_customer()
    with count_queries(2) as counted:  # the caller, the rows
        assert len(staff.get(CUSTOMERS).body) == rows
    assert len(counted) == 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_create_customer(staff, encoding):
    user = make_user()
    body = {"user_id": user.pk, "phone": "+919876543210", "membership": "S", "birth_date": "1990-02-28"}
    answer = staff.post(CUSTOMERS, body, encoding)
    customer = Customer.objects.get()
    expected = shape(customer, user_id=user.pk, membership="S", birth_date="1990-02-28")
    assert (answer.told, customer.phone) == ((201, expected), "+919876543210")


@pytest.mark.parametrize(
    ("user_id", "message"),
    [
        (None, "This field may not be null."),
        (987654, 'Invalid pk "987654" - object does not exist.'),
        ("x", "Incorrect type. Expected pk value, received str."),
        ({}, "Incorrect type. Expected pk value, received dict."),
    ],
)
def test_create_customer_of_whom(staff, user_id, message):
    answer = staff.post(CUSTOMERS, {"user_id": user_id, "phone": "+919876543210"})
    assert answer.told == (400, field_body(user_id=[message]))


def test_create_customer_needs(staff):
    assert staff.post(CUSTOMERS, {}).told == (400, field_body(user_id=REQUIRED, phone=REQUIRED))


def test_create_customer_twice(staff, customer):
    body = {"user_id": customer.user_id, "phone": "+919876543210"}
    assert staff.post(CUSTOMERS, body).told == (400, field_body(user_id=EXISTS))


def test_create_customer_that_loses_a_race(staff, customer, monkeypatch):
    with pytest.raises(CustomerExists):
        create_customer(user_id=customer.user_id, phone="1234567")
    monkeypatch.setattr(
        "api.serializers.customers.NewCustomerSerializer.validate_user_id", lambda self, user: user
    )
    body = {"user_id": customer.user_id, "phone": "+919876543210"}
    assert staff.post(CUSTOMERS, body).told == (400, field_body(user_id=EXISTS))


def test_get_customer(staff, customer):
    assert staff.get(path_of(customer)).told == (200, shape(customer))
    assert staff.get(f"{CUSTOMERS}987654/").told == (404, missing_body("Customer"))
    assert staff.get(f"{CUSTOMERS}abc/").told == NOT_FOUND
    assert staff.get(f"{CUSTOMERS}{'9' * 40}/").told == (404, missing_body("Customer"))


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_change_customer(staff, customer, method, encoding):
    body = {"phone": "+919876500000", "membership": "G", "user_id": 5}
    answer = getattr(staff, method)(path_of(customer), body, encoding)
    assert answer.told == (200, shape(customer, phone="+919876500000", membership="G"))
    assert Customer.objects.get(pk=customer.pk).user_id == customer.user_id


def test_put_customer_needs_the_phone(staff, customer):
    assert staff.put(path_of(customer), {"membership": "G"}).told == (400, field_body(phone=REQUIRED))
    assert staff.patch(path_of(customer), {"membership": "G"}).status == 200


def test_delete_customer(staff, customer):
    make_address(customer)
    make_cart((make_item(), 1), customer=customer)
    answer = staff.delete(path_of(customer))
    assert (answer.status, answer.content) == (204, b"")
    assert (Customer.objects.count(), Address.objects.count()) == (0, 0)
    assert sign_in(customer.user).get("/auth/users/me/").status == 200


def test_delete_customer_with_orders(staff, customer):
    make_order(customer=customer)
    sentence = "Customer cannot be deleted because they have placed orders."
    assert staff.delete(path_of(customer)).told == (409, detail_body(sentence, "customer_has_orders"))
    assert Customer.objects.count() == 1
