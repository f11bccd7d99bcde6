"""Who works at the desk: with the permissions of their group, without its migration."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from accounts.models import User
from shop.models import Product
from tests.factories.users import make_staff, make_user
from tests.pages.conftest import sign_in

EDITOR = ("view_product",)
MANAGER = (*EDITOR, "change_product_facts", "import_product")


def make_colleague(username: str, codenames: tuple[str, ...]) -> User:
    user = make_staff(username=username)
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    access, _made = Permission.objects.get_or_create(content_type=admin, codename="access_admin")
    products = ContentType.objects.get_for_model(Product)
    user.user_permissions.add(
        access, *Permission.objects.filter(content_type=products, codename__in=codenames)
    )
    return user


@pytest.fixture
def manager_user(db) -> User:
    return make_colleague("manager", MANAGER)


@pytest.fixture
def manager(manager_user) -> Client:
    return sign_in(manager_user)


@pytest.fixture
def looker(db) -> Client:
    """May look at the catalogue, as editors do."""
    return sign_in(make_colleague("looker", EDITOR))


@pytest.fixture
def stranger(db) -> Client:
    """Works in the admin, on something else."""
    return sign_in(make_colleague("stranger", ()))


@pytest.fixture
def shopper(db) -> Client:
    return sign_in(make_user(username="shopper"))
