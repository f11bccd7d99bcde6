import pytest

from accounts.models import Customer
from tests.api.wire import Api, sign_in
from tests.factories.users import make_customer, make_staff


@pytest.fixture
def guest(db) -> Api:
    """Nobody."""
    return Api()


@pytest.fixture
def customer(db) -> Customer:
    return make_customer(username="asha", first_name="Asha", last_name="Rao", phone="+919876543210")


@pytest.fixture
def shopper(customer) -> Api:
    """`customer`, signed in."""
    return sign_in(customer.user)


@pytest.fixture
def stranger(db) -> Api:
    """Another customer, signed in."""
    return sign_in(make_customer(username="ravi").user)


@pytest.fixture
def staff(db) -> Api:
    return sign_in(make_staff(username="meera"))
