from .address import Address
from .attempts import SignInAttempts
from .customer import Customer
from .user import User

__all__ = ["Address", "Customer", "SignInAttempts", "User"]
