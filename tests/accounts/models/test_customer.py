import pytest
from django.db import IntegrityError, transaction

from accounts.models import Customer
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def test_customer_starts_with_the_lowest_tier():
    customer = make_customer()
    assert (customer.phone, customer.birth_date, customer.membership) == ("", None, "B")


def test_membership_is_known_to_the_database():
    make_customer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.update(membership="X")


def test_customer_is_one_for_a_user():
    customer = make_customer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.create(user=customer.user)
