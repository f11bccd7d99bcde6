"""Who works in the admin, and the pages they work on."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from pages.models import CollectionPage, HomePage
from tests.factories.catalogue import make_collection, make_home_page
from tests.factories.users import make_admin, make_user


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def home(db) -> HomePage:
    return make_home_page()


@pytest.fixture
def shelf(home) -> CollectionPage:
    """The page of an empty collection."""
    return make_collection(title="Kitchen").page


@pytest.fixture
def admin(db) -> Client:
    return sign_in(make_admin(username="root"))


@pytest.fixture
def editor(db) -> Client:
    """Of Wagtail's Editors: they write, others publish."""
    user = make_user(username="editor")
    user.groups.add(Group.objects.get(name="Editors"))
    return sign_in(user)


@pytest.fixture
def moderator(db) -> Client:
    """Of Wagtail's Moderators: they publish as well."""
    user = make_user(username="moderator")
    user.groups.add(Group.objects.get(name="Moderators"))
    return sign_in(user)


@pytest.fixture(params=["moderator", "admin"])
def publisher(request) -> Client:
    """Everybody who may publish."""
    return request.getfixturevalue(request.param)
