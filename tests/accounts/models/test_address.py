import pytest
from django.core.exceptions import ValidationError

from accounts.models import Address
from tests.factories.users import make_address, make_customer

pytestmark = pytest.mark.django_db


def test_address_in_one_line():
    address = make_address(make_customer())
    assert str(address) == "Asha Rao, 12 MG Road, Bengaluru 560038"


@pytest.mark.parametrize(
    ("name", "value"),
    [("postal_code", "012345"), ("postal_code", "5600"), ("phone", "call"), ("state", "XX")],
)
def test_address_is_checked(name, value):
    address = make_address(make_customer())
    setattr(address, name, value)
    with pytest.raises(ValidationError) as caught:
        address.full_clean()
    assert list(caught.value.message_dict) == [name]


def test_addresses_newest_first():
    customer = make_customer()
    old, new = make_address(customer), make_address(customer)
    assert list(Address.objects.all()) == [new, old]
