"""Sign-up, the customer profile that comes with it, and what people change of themselves."""

from django.db import IntegrityError
from django.db.models import F, Q, QuerySet

from accounts.models import Customer, User
from accounts.services.confirmation import replace_email_address, start_confirmation, tell_earlier_address
from database.transactions import entry_service


class EmailTaken(Exception):
    """Another user has this email address, in whatever case."""


class UsernameTaken(Exception):
    """Another user has this username, in whatever case."""


@entry_service
def register_user(
    *, username: str, email: str, password: str, first_name: str = "", last_name: str = ""
) -> User:
    """Make a user and their customer profile. Raises `UsernameTaken` or `EmailTaken`."""
    if is_username_taken(username):
        raise UsernameTaken
    if is_email_taken(email):
        raise EmailTaken
    try:
        user = User.objects.create_user(
            username=username, email=email, password=password, first_name=first_name, last_name=last_name
        )
    except IntegrityError as error:
        # Two sign-ups at once: the database decided, so say which field lost.
        raise EmailTaken if "email_key" in str(error) else UsernameTaken from error
    ensure_customer(user=user)
    if user.has_usable_password():  # who cannot sign in has nothing to confirm
        start_confirmation(user=user)
    return user


def is_username_taken(username: str) -> bool:
    """Whether a user signs in by it already: it may not be another's email address either."""
    return users_signing_in_by(username).exists()


def is_email_taken(email: str, *, except_by: User | None = None) -> bool:
    """Whether a user, other than the one named, has this address, or calls themself by it."""
    users = users_signing_in_by(email)
    return (users.exclude(pk=except_by.pk) if except_by else users).exists()


def users_signing_in_by(login: str) -> QuerySet[User]:
    """Names and addresses are one space, since either signs in."""
    return User.objects.filter(Q(username__iexact=login) | Q(email_key=login.lower()))


def ensure_customer(*, user: User) -> Customer:
    """The user's profile. Staff made in the admin have none until they first need it."""
    return Customer.objects.get_or_create(user=user)[0]


@entry_service
def change_details(*, user: User, **details: str) -> None:
    """Change email, first_name or last_name. Raises `EmailTaken` where another request was faster."""
    earlier = user.email
    for name, value in details.items():
        setattr(user, name, value)
    try:
        user.save(update_fields=list(details))
    except IntegrityError as error:
        raise EmailTaken from error
    if user.email != earlier:
        replace_email_address(user=user)
        tell_earlier_address(user=user, earlier=earlier)


@entry_service
def change_password(*, user: User, password: str) -> None:
    """Set a new password; with it every API token and every other session ends."""
    user.set_password(password)
    user.save(update_fields=["password"])


@entry_service
def revoke_tokens(*, user: User) -> None:
    """End every access and refresh token given out so far."""
    User.objects.filter(pk=user.pk).update(token_epoch=F("token_epoch") + 1)


@entry_service
def update_profile(*, user: User, customer: Customer, first_name: str, last_name: str, phone: str) -> None:
    user.first_name, user.last_name, customer.phone = first_name, last_name, phone
    user.save(update_fields=["first_name", "last_name"])
    customer.save(update_fields=["phone"])
