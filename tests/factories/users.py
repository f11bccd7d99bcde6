"""Who buys and who works here. Passwords are `PASSWORD`."""

from itertools import count

from accounts.models import Address, Customer, User
from accounts.services.users import ensure_customer

PASSWORD = "a long enough password"
numbers = count(1)


def make_user(*, username: str = "", email: str = "", **fields) -> User:
    """A user without a profile, as the admin makes one."""
    username = username or f"user{next(numbers)}"
    return User.objects.create_user(
        username=username, email=email or f"{username}@example.com", password=PASSWORD, **fields
    )


def make_customer(*, username: str = "", email: str = "", phone: str = "", **fields) -> Customer:
    """A shopper with an account; `fields` are the user's."""
    customer = ensure_customer(user=make_user(username=username, email=email, **fields))
    if phone:
        customer.phone = phone
        customer.save(update_fields=["phone"])
    return customer


def make_staff(**fields) -> User:
    return make_user(is_staff=True, **fields)


def make_admin(**fields) -> User:
    return make_user(is_staff=True, is_superuser=True, **fields)


def make_address(customer: Customer, **fields) -> Address:
    known = {
        "name": "Asha Rao",
        "phone": "+919876543210",
        "line1": "12 MG Road",
        "line2": "Indiranagar",
        "city": "Bengaluru",
        "state": "KA",
        "postal_code": "560038",
    }
    return Address.objects.create(customer=customer, **{**known, **fields})
