"""ETag and Last-Modified on public reads, 304 on a match; personal answers are nobody's to keep."""

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils.http import http_date

from pages import public_cache
from shop.models import Review
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_picture, make_product
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

REVALIDATED = "max-age=0, must-revalidate"
PERSONAL = "private, no-store"


@pytest.fixture
def reads() -> list[str]:
    """Every public read of the store."""
    product = make_product(pictures=[make_picture()])
    review = Review.objects.create(product=product, name="A", description="B", rating=3)
    path = f"/store/products/{product.pk}/"
    return [
        "/store/products/",
        "/store/products/?page=last&include=tags",
        path,
        f"{path}reviews/",
        f"{path}reviews/{review.pk}/",
        f"{path}images/",
        f"{path}images/{product.images.get().pk}/",
        "/store/collections/",
        f"/store/collections/{product.collection_id}/",
    ]


def test_public_reads_carry_validators(guest, shopper, reads):
    for path in reads:
        for api in (guest, shopper):
            answer = api.get(path)
            assert answer.headers["Cache-Control"] == REVALIDATED, path
            assert answer.headers["ETag"].startswith('"'), path
            assert parsedate_to_datetime(answer.headers["Last-Modified"]) <= datetime.now(UTC)
            assert "Cookie" not in answer.headers["Vary"]


def test_public_reads_not_modified(guest, reads):
    for path in reads:
        first = guest.get(path)
        for tag in (
            first.headers["ETag"],
            f'"x", {first.headers["ETag"]}',
            f"W/{first.headers['ETag']}",
            "*",
        ):
            answer = guest.get(path, If_None_Match=tag)
            assert (answer.status, answer.content) == (304, b""), path
            assert answer.headers["ETag"] == first.headers["ETag"]
            assert answer.headers["Cache-Control"] == REVALIDATED
        assert guest.get(path, If_Modified_Since=first.headers["Last-Modified"]).status == 304
        assert guest.get(path, If_None_Match='"other"').told == first.told
        # The tag is asked first, as it is exact.
        both = {"If_None_Match": '"other"', "If_Modified_Since": first.headers["Last-Modified"]}
        assert guest.get(path, **both).status == 200


def test_public_read_modified_since(guest, reads):
    long_ago = http_date((datetime.now(UTC) - timedelta(days=900)).timestamp())
    assert guest.get("/store/products/", If_Modified_Since=long_ago).status == 200
    assert guest.get("/store/products/", If_Modified_Since="nonsense").status == 200


def test_etag_follows_the_content(guest, staff):
    product = make_product()
    path = f"/store/products/{product.pk}/"
    before = guest.get(path).headers["ETag"]
    assert guest.get(path).headers["ETag"] == before
    staff.patch(path, {"inventory": 3})
    after = guest.get(path, If_None_Match=before)
    assert (after.status, after.body["inventory"], after.headers["ETag"] == before) == (200, 3, False)


def test_etag_of_a_tag_list_that_is_broken(guest, reads):
    assert guest.get("/store/products/", If_None_Match="broken").status == 200


def test_conditions_for_writes_do_not_fail_a_read(guest, reads):
    for header in ({"If_Match": '"x"'}, {"If_Unmodified_Since": http_date(0)}):
        assert guest.get("/store/products/", **header).status == 200


def test_head_carries_the_same_validators(guest, reads):
    head, read = guest.send("HEAD", reads[0]), guest.get(reads[0])
    names = ("ETag", "Last-Modified", "Cache-Control", "Content-Length")
    assert (head.status, head.content) == (200, b"")
    assert [head.headers[name] for name in names] == [read.headers[name] for name in names]


def test_last_modified_follows_prices_that_changed_by_the_clock(guest, reads, monkeypatch):
    started = datetime.now(UTC).replace(microsecond=0)
    monkeypatch.setattr(public_cache, "find_last_price_change", lambda now: started + timedelta(seconds=1))
    told = parsedate_to_datetime(guest.get(reads[0]).headers["Last-Modified"])
    assert told == started + timedelta(seconds=1)


def test_long_answers_leave_compressed_where_the_client_can(guest):
    for _ in range(4):
        make_product(description="A long description. " * 20)
    plain = guest.get("/store/products/")
    zipped = guest.client.get("/store/products/", headers={"Accept-Encoding": "br, gzip"})
    assert (zipped.headers["Content-Encoding"], gzip.decompress(zipped.content)) == ("gzip", plain.content)
    assert zipped.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    assert "Accept-Encoding" in zipped.headers["Vary"]
    tag = zipped.headers["ETag"]
    assert guest.get("/store/products/", If_None_Match=tag, Accept_Encoding="gzip").status == 304
    assert guest.get("/store/products/", If_None_Match=tag).status == 200


def test_cdn_may_keep_answers_where_the_owner_says_so(guest, reads, settings):
    settings.PUBLIC_CDN_SECONDS = 60
    assert guest.get(reads[0]).headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_personal_answers_are_nobodys_to_keep(guest, shopper, staff, customer):
    cart, order = make_cart(), make_order(customer=customer)
    reads = [
        (guest, f"/store/carts/{cart.pk}/"),
        (shopper, "/store/carts/mine/"),
        (shopper, "/store/orders/"),
        (shopper, f"/store/orders/{order.pk}/"),
        (shopper, f"/payments/status/{order.pk}/"),
        (shopper, "/store/likes/"),
        (shopper, "/auth/users/me/"),
        (staff, "/auth/users/"),
        (staff, "/store/customers/"),
    ]
    for api, path in reads:
        answer = api.get(path)
        assert (path, answer.status, answer.headers["Cache-Control"]) == (path, 200, PERSONAL)
        assert ("ETag" in answer.headers, "Last-Modified" in answer.headers) == (False, False)


def test_errors_and_writes_are_nobodys_to_keep(guest):
    for answer in (
        guest.get("/store/products/999999/"),
        guest.get("/store/products/?collection_id=x"),
        guest.get("/store/nothing/"),
        guest.post("/store/carts/"),
        guest.get("/store/orders/"),
    ):
        assert answer.headers["Cache-Control"] == PERSONAL
