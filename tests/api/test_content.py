"""Wagtail's content API: live and public, read-only."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection as MediaCollection
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from tests.api.wire import Api, detail_body, refused_method
from tests.factories.catalogue import make_picture, make_product, page_of

pytestmark = pytest.mark.django_db


def make_document(title: str = "Care", **fields) -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"Wash cold.", name="care.txt"), **fields)


def make_private_collection() -> MediaCollection:
    private = MediaCollection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    return private


def titles(api, path: str) -> list[str]:
    answer = api.get(path)
    assert answer.status == 200, answer.content
    return [item["title"] for item in answer.body["items"]]


def test_pages_are_those_everybody_may_read(guest):
    shown, hidden, closed = (make_product(title=title) for title in ("Lamp", "Draft", "Members"))
    page_of(hidden).unpublish()
    PageViewRestriction.objects.create(page=page_of(closed), restriction_type="login")
    assert titles(guest, "/api/pages/?type=pages.ProductPage") == ["Lamp"]
    assert guest.get(f"/api/pages/{page_of(shown).pk}/").status == 200
    for product in (hidden, closed):
        assert guest.get(f"/api/pages/{page_of(product).pk}/").status == 404


def test_restricted_content_is_closed_to_whoever_asks_and_is_never_kept(guest, shopper, settings):
    """Wagtail would open it to who is signed in, and what is kept is everybody's."""
    settings.PUBLIC_CACHE_SECONDS = 300
    page = page_of(make_product(title="Members"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    secret = make_document(title="Secret", collection=make_private_collection())
    for api in (shopper, guest):
        assert api.get(f"/api/pages/{page.pk}/").status == 404
        assert api.get(f"/api/documents/{secret.pk}/").status == 404
        assert titles(api, "/api/pages/?type=pages.ProductPage") == []


def test_page_with_its_content(guest):
    product = make_product(title="Lamp", description="Of brass", body=[("rich_text", "<p>Made by hand.</p>")])
    body = guest.get(f"/api/pages/{page_of(product).pk}/").body
    assert (body["title"], body["description"], body["product"]["id"]) == ("Lamp", "Of brass", product.pk)
    assert (body["body"][0]["type"], body["body"][0]["value"]) == ("rich_text", "<p>Made by hand.</p>")
    assert body["meta"]["html_url"].endswith("/lamp/")
    assert titles(guest, "/api/pages/?type=pages.ProductPage&fields=body") == ["Lamp"]


def test_images_and_documents_are_those_everybody_may_read(guest):
    picture, document = make_picture(title="Lamp"), make_document()
    private = make_private_collection()
    hidden = make_picture(title="Secret")
    hidden.collection = private
    hidden.save()
    secret = make_document(title="Secret", collection=private)
    assert titles(guest, "/api/images/") == ["Lamp"]
    assert titles(guest, "/api/documents/") == ["Care"]
    assert guest.get(f"/api/images/{picture.pk}/").body["meta"]["download_url"].endswith(picture.file.url)
    assert guest.get(f"/api/documents/{document.pk}/").body["title"] == "Care"
    assert guest.get(f"/api/images/{hidden.pk}/").status == 404
    assert guest.get(f"/api/documents/{secret.pk}/").status == 404


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_content_is_read_only(staff, kind):
    for path in (f"/api/{kind}/", f"/api/{kind}/1/"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert staff.send(method, path).told == refused_method(method)


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_content_errors_have_the_one_shape(guest, kind):
    answer = guest.get(f"/api/{kind}/999999/")
    assert (answer.status, answer.body["code"], answer.body["details"]) == (404, "not_found", {})
    sentence = "query parameter is not an operation or a recognised field: nonsense"
    assert guest.get(f"/api/{kind}/?nonsense=1").told == (400, detail_body(sentence, "parse_error"))
    assert guest.get(f"/api/{kind}/?limit=x").body["code"] == "parse_error"
    assert guest.get(f"/api/{kind}/?limit=101").status == 400
    assert Api(token="x").get(f"/api/{kind}/").status == 401


def test_content_is_conditional(guest):
    product = make_product()
    for path in ("/api/pages/", f"/api/pages/{page_of(product).pk}/", "/api/images/", "/api/documents/"):
        first = guest.get(path)
        assert first.headers["Cache-Control"] == "max-age=0, must-revalidate"
        assert guest.get(path, If_None_Match=first.headers["ETag"]).status == 304


def test_content_from_other_origins(guest, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]
    answer = guest.get("/api/pages/", Origin="https://shop.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"


def test_content_without_a_slash(guest):
    answer = guest.get("/api/pages?limit=1")
    assert (answer.status, answer.headers["Location"]) == (301, "/api/pages/?limit=1")
