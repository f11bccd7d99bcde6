from .address import Address
from .customer import Customer
from .user import User

__all__ = ["Address", "Customer", "User"]
