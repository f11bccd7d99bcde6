"""A public page is the same bytes for everybody, and remembers nobody."""

import pytest
from django.test import Client

from pages.models import LandingPage, StandardPage
from tests.factories.catalogue import make_collection, make_picture, make_product, make_variant, page_of
from tests.factories.users import make_admin, make_customer
from tests.pages.conftest import sign_in

pytestmark = pytest.mark.django_db

PATHS = (
    "/",
    "/garden/",
    "/garden/?sort=price&min_price=1",
    "/garden/rake/",
    "/search/?q=rake",
    "/about/",
    "/sale/",
)


@pytest.fixture(autouse=True)
def _shop(home):
    product = make_product(
        title="Rake",
        slug="rake",
        collection=make_collection(title="Garden"),
        pictures=[make_picture()],
    )
    make_variant(product)
    product.reviews.create(name="Asha", description="Good", rating=5)
    home.add_child(instance=StandardPage(title="About", slug="about", body=[("rich_text", "<p>Us.</p>")]))
    home.add_child(instance=LandingPage(title="Sale", slug="sale", show_in_menus=True))


def test_page_is_the_same_for_everybody():
    visitors = (
        Client(),
        sign_in(make_customer(first_name="Asha").user),
        sign_in(make_admin()),
        Client(headers={"cookie": "cart=x; csrftoken=y; sessionid=z"}),
    )
    for path in PATHS:
        answers = [visitor.get(path) for visitor in visitors]
        assert [answer.status_code for answer in answers] == [200] * 4, path
        assert len({answer.content for answer in answers}) == 1, path


def test_page_leaves_and_reads_no_cookie():
    for visitor in (Client(), sign_in(make_customer().user)):
        for path in PATHS:
            answer = visitor.get(path)
            assert not answer.cookies, path
            assert "cookie" not in answer.get("Vary", "").lower(), path
            assert "csrfmiddlewaretoken" not in answer.content.decode(), path
            assert answer.wsgi_request.session.accessed is False, path


def test_page_asks_neither_for_session_nor_user(count_queries):
    customer = sign_in(make_customer().user)
    for path in PATHS:
        with count_queries() as counted:
            customer.get(path)
        touched = [sql for sql in counted.statements if "django_session" in sql or "accounts_user" in sql]
        assert touched == [], path


def test_menu_shows_collections_and_chosen_pages(client):
    context = client.get("/").context
    assert [(link.title, link.url) for link in context["menu_items"]] == [
        ("Garden", "/garden/"),
        ("Sale", "/sale/"),
    ]
    help_column = context["columns"][1]
    assert [(link.title, link.url) for link in help_column.links] == [("About", "/about/")]


def test_hidden_collection_leaves_the_menu(client):
    page = page_of(make_product()).get_parent().specific
    page.show_in_menus = False
    page.save_revision().publish()
    assert page.title not in [link.title for link in client.get("/").context["menu_items"]]
