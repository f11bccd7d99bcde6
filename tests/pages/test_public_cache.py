"""Public pages and answers as ready bytes: never stale, never somebody's own."""

from datetime import timedelta
from threading import Event

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from api.filters import ProductFilter
from database.versions import mark_changed
from pages import public_cache
from pages.filters import FilterForm
from pages.models import LandingPage, ProductPage, ShopSettings
from pages.public_answers import answer_public
from pages.public_cache import shelf
from pages.public_parameters import KNOWN
from pages.services.facts import apply_facts
from shop.models import Product, Review, Tag
from shop.services.stock import adjust_stock
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_home_page, make_product, page_of, warm_settings
from tests.factories.orders import make_order
from tests.factories.users import make_admin, make_customer
from tests.parallel import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _cached(settings):
    settings.PUBLIC_CACHE_SECONDS = 300
    warm_settings()  # reading one for the first time writes it


@pytest.fixture
def lamp() -> Product:
    return make_product(title="Brass lamp", unit_price="100.00")


@pytest.fixture
def address(lamp) -> str:
    return page_of(lamp).url


def read(path: str, client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(path)


def test_page_is_rendered_once(lamp, address, count_queries):
    first = read(address)
    with count_queries(0):
        again = read(address)
    assert (again.status_code, again.content == first.content) == (200, True)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "max-age=0, must-revalidate"
    for name in ("Content-Type", "Content-Security-Policy", "X-Frame-Options", "Last-Modified"):
        assert again.headers[name] == first.headers[name]


def test_api_is_answered_without_a_query(lamp, count_queries):
    path = f"/store/products/{lamp.pk}/"
    first = read(path)
    with count_queries(0):
        again = read(path)
    assert (again.content, again.headers["Vary"]) == (first.content, first.headers["Vary"])


def test_another_process_finds_the_bytes_in_the_shared_cache(address, count_queries):
    first = read(address)
    shelf.clear()
    with count_queries(0):
        assert read(address).content == first.content


def test_not_modified_from_the_cache(address):
    tag = read(address).headers["ETag"]
    answer = Client().get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def change_price(lamp):
    apply_facts(page_id=page_of(lamp).pk, unit_price=250, inventory=10, seen=10)


def sell(lamp):
    make_order((lamp, 3))


def restock(lamp):
    adjust_stock(product_id=lamp.pk, delta=5)


def publish(lamp):
    page = page_of(lamp)
    page.description = "Made by hand"
    page.save_revision().publish()


def review(lamp):
    Review.objects.create(product=lamp, name="Asha", description="Bright", rating=5)


def archive(lamp):
    page_of(lamp).unpublish()


def rename_shop(lamp):
    saved = ShopSettings.load()
    saved.name = "Bazaar"
    saved.save()


def tag(lamp):
    lamp.tags.add(Tag.objects.create(name="Wool", slug="wool"))


@pytest.mark.parametrize("write", [change_price, sell, restock, publish, review, archive, rename_shop, tag])
def test_every_write_is_seen_at_once(lamp, address, write):
    pages = [address, f"/store/products/{lamp.pk}/?include=tags,rating", "/store/products/"]
    for path in pages:
        read(path)
    version = public_cache.read_version()
    write(lamp)
    assert public_cache.read_version() != version
    cached = [read(path).content for path in pages]
    cache.clear()
    shelf.clear()
    mark_changed()
    assert [read(path).content for path in pages] == cached


def test_a_draft_ends_nothing(lamp):
    version = public_cache.read_version()
    page = page_of(lamp)
    page.title = "Draft"
    page.save_revision()
    make_cart((lamp, 1))
    assert public_cache.read_version() == version


def test_entries_end_at_the_next_boundary(address, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(public_cache, "find_next_price_change", lambda at: now + timedelta(seconds=30))
    read(address)
    monkeypatch.setattr(public_cache.timezone, "now", lambda: now + timedelta(seconds=29))
    assert is_kept(address) is True
    monkeypatch.setattr(public_cache.timezone, "now", lambda: now + timedelta(seconds=30))
    assert is_kept(address) is False


def is_kept(path: str) -> bool:
    return public_cache.find_kept(RequestFactory().get(path)) is not None


@pytest.mark.parametrize(
    "path",
    [
        "/cart/",
        "/cart/summary/",
        "/account/",
        "/accounts/login/",
        "/admin/",
        "/store/carts/mine/",
        "/nothing/",
    ],
)
def test_what_is_personal_or_missing_is_never_kept(path):
    make_home_page()
    client = Client()
    client.force_login(make_customer().user)
    client.get(path)
    assert is_kept(path) is False


def test_the_visitor_leaves_no_trace(lamp, address):
    visitor, nobody = Client(), Client()
    visitor.force_login(make_customer(username="tracy", first_name="Tracy").user)
    visitor.cookies["trace"] = "secret-trace"
    seen = visitor.get(address, headers={"Authorization": "JWT secret-trace", "User-Agent": "secret-trace"})
    cache_bytes = nobody.get(address)
    assert cache_bytes.content == seen.content
    for trace in (b"secret-trace", b"Tracy", b"tracy", b"csrfmiddlewaretoken"):
        assert trace not in cache_bytes.content
    assert ("Set-Cookie" in cache_bytes.headers, cache_bytes.cookies) == (False, {})


def test_each_host_has_its_own(lamp):
    path = f"/store/products/{lamp.pk}/?include=page"
    pages = {host: Client().get(path, headers={"Host": host}).content for host in ("testserver", "127.0.0.1")}
    assert b"http://127.0.0.1/" in pages["127.0.0.1"]
    assert b"127.0.0.1" not in pages["testserver"]


def test_what_reads_the_session_is_not_kept():
    request = RequestFactory().get("/odd/")
    request.session = type("Session", (), {"accessed": True})()
    answer = answer_public(request, lambda: HttpResponse("Hello Asha"))
    assert (answer.content, answer.headers["Cache-Control"]) == (b"Hello Asha", "private, no-store")
    assert is_kept("/odd/") is False


def test_what_sets_a_cookie_is_not_kept():
    response = HttpResponse("x")
    response.set_cookie("name", "value")
    answer_public(RequestFactory().get("/odd/"), lambda: response)
    assert is_kept("/odd/") is False


def test_restricted_page_is_not_kept(lamp, address):
    read(address)
    PageViewRestriction.objects.create(page=page_of(lamp), restriction_type="login")
    admin = Client()
    admin.force_login(make_admin())
    assert admin.get(address).status_code == 200
    assert Client().get(address).status_code == 302


def test_preview_is_not_kept(lamp, address):
    page = ProductPage.objects.get(product=lamp)
    page.title = "Secret draft"
    answer = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert b"Secret draft" in answer.content
    assert b"Secret draft" not in read(address).content


def test_very_long_queries_are_not_kept():
    make_home_page()
    path = "/search/?q=" + "x" * 400
    read(path)
    assert is_kept(path) is False


def test_one_builds_while_others_wait():
    built, started = [], Event()

    def build() -> HttpResponse:
        started.set()
        built.append(1)
        public_cache.time.sleep(0.3)
        return HttpResponse("ready")

    def first():
        return answer_public(RequestFactory().get("/busy/"), build).content

    def second():
        started.wait(5)
        return first()

    assert run_at_once([first, second, second]) == [b"ready"] * 3
    assert len(built) == 1


def test_who_waits_in_vain_builds(monkeypatch):
    monkeypatch.setattr(public_cache, "WAITING_SECONDS", 0.1)
    request = RequestFactory().get("/busy/")
    key = public_cache.make_key(request, public_cache.read_version())
    cache.add(f"{key}:building", True, 10)  # by a process that was killed
    assert answer_public(request, lambda: HttpResponse("mine")).content == b"mine"


def test_failed_build_frees_the_others():
    request = RequestFactory().get("/broken/")
    with pytest.raises(RuntimeError):
        answer_public(request, fail)
    assert answer_public(request, lambda: HttpResponse("fine")).content == b"fine"


def fail() -> HttpResponse:
    raise RuntimeError


def test_shelf_keeps_what_was_used_last(monkeypatch):
    monkeypatch.setattr(public_cache, "MOST_ENTRIES", 2)
    kept = public_cache.Shelf()
    entries = {key: make_kept(key) for key in ("a", "b", "c", "d")}
    for key in ("a", "b"):
        kept.put(key, entries[key])
    kept.get("a")
    kept.put("c", entries["c"])
    assert [kept.get(key) for key in ("a", "b", "c")] == [entries["a"], None, entries["c"]]
    monkeypatch.setattr(public_cache, "MOST_BYTES", 5)
    kept.put("d", make_kept("1234"))
    assert [bool(kept.get(key)) for key in ("a", "c", "d")] == [False, True, True]


def make_kept(content: str) -> public_cache.Entry:
    now = timezone.now()
    return public_cache.Entry(content.encode(), b"", "text/plain", "", modified_at=now, ends_at=now)


def test_endless_query_strings_fill_no_shared_cache(lamp, address, monkeypatch, count_queries):
    monkeypatch.setattr(public_cache, "MOST_SHARED", 1)
    mark_changed()
    paths = [f"{address}?variant={number}" for number in (1, 2)] + [address]
    for path in paths:
        read(path)
    shelf.clear()
    shared = []
    for path in paths:
        with count_queries() as counted:
            read(path)
        shared.append(len(counted) == 0)
    assert shared == [True, False, True]


def test_cache_that_is_away_changes_no_answer(lamp, address, monkeypatch):
    before = read(address).content
    shelf.clear()
    for name in ("get", "set", "add", "delete"):
        monkeypatch.setattr(f"database.shared_cache.cache.{name}", lambda *arguments, **options: None)
    assert read(address).content == before
    restock(lamp)
    assert read(f"/store/products/{lamp.pk}/").json()["inventory"] == 15


def test_a_preview_is_not_answered_with_the_kept_page(client, home):
    """Wagtail makes previews up as requests at the public address."""
    page = home.add_child(instance=LandingPage(title="Kept", slug="kept"))
    assert "Kept" in client.get(page.url).content.decode()
    page.title = "Draft"
    assert "Draft" in page.make_preview_request().content.decode()


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("?page=1&sort=price", "?sort=price&page=1"),
        ("?q=brass+lamp", "?q=brass%20lamp"),
        ("?tag=wool&tag=silk", "?tag=silk&tag=wool"),
        ("?", ""),
    ],
)
def test_one_entry_for_the_same_parameters(asked, other):
    version = public_cache.read_version()
    keys = {public_cache.make_key(RequestFactory().get(f"/x/{query}"), version) for query in (asked, other)}
    assert (len(keys), None in keys) == (1, False)


@pytest.mark.parametrize(("asked", "other"), [("?page=1", "?page=2"), ("?q=a", "?search=a"), ("?page=1", "")])
def test_entries_of_other_parameters_are_others(asked, other):
    version = public_cache.read_version()
    keys = {public_cache.make_key(RequestFactory().get(f"/x/{query}"), version) for query in (asked, other)}
    assert len(keys) == 2


@pytest.mark.parametrize("query", ["?utm_source=mail", "?page=1&x=1", "?_=1", "?page=1&page=2"])
def test_unknown_and_repeated_parameters_are_answered_and_not_kept(query):
    make_home_page()
    assert read(f"/search/{query}").status_code == 200
    assert is_kept(f"/search/{query}") is False


def test_known_parameters_are_all_that_the_lists_read():
    """A filter that is not named there is never kept: slow, and nobody would notice."""
    read_by_forms = {*FilterForm({}).fields, *ProductFilter.base_filters}
    assert read_by_forms <= KNOWN
