"""What staff do to customers, and customers to their own profile and addresses."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import Address, Customer
from database.transactions import entry_service


class CustomerExists(Exception):
    """The user has a profile already."""

    def __init__(self) -> None:
        super().__init__("This user already has a customer profile.")


class CustomerHasOrders(Exception):
    """Orders keep their customer; a user who wants to be forgotten is anonymised instead."""

    def __init__(self) -> None:
        super().__init__("Customer cannot be deleted because they have placed orders.")


@entry_service
def create_customer(*, user_id: int, **profile: str | date | None) -> Customer:
    """A profile for a user who has none. Raises `CustomerExists`."""
    try:
        with transaction.atomic():
            return Customer.objects.create(user_id=user_id, **profile)
    except IntegrityError as error:
        raise CustomerExists from error


@entry_service
def change_customer(*, customer: Customer, **profile: str | date | None) -> Customer:
    """Set phone, birth_date or membership, whichever are named."""
    return change(customer, profile)


@entry_service
def delete_customer(*, customer: Customer) -> None:
    """Delete a profile with its cart and addresses. Raises `CustomerHasOrders`."""
    try:
        customer.delete()
    except ProtectedError as error:
        raise CustomerHasOrders from error


@entry_service
def create_address(*, customer_id: int, **lines: str) -> Address:
    return Address.objects.create(customer_id=customer_id, **lines)


@entry_service
def change_address(*, address: Address, **lines: str) -> Address:
    """Set the lines that are named. Orders that copied the address keep what they copied."""
    return change(address, lines)


@entry_service
def delete_address(*, address: Address) -> None:
    address.delete()


def change(row: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row
