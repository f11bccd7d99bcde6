"""Likes, own reviews and waiting lists, asked for beside a public product page."""

import pytest

from pages.models import ShopSettings
from pages.wish_forms import WATCH_WORDING
from shop.models import Like, Product, Review, StockWatch
from tests.factories.catalogue import make_product, make_variant, page_of
from tests.factories.users import make_customer
from tests.pages.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
JSON = {**SAME_ORIGIN, "Accept": "application/json"}


@pytest.fixture
def lamp(home) -> Product:
    return make_product(title="Brass lamp")


@pytest.fixture
def asha(home):
    return sign_in(make_customer(first_name="Asha").user)


def test_like_is_kept_told_by_the_summary_and_taken_back(asha, lamp):
    url = f"/p/{lamp.pk}/like/"
    for _time in range(2):
        assert asha.post(url, {"liked": "true"}, headers=JSON).json() == {"liked": True}
    assert asha.get("/cart/summary/").json()["likes"] == [lamp.pk]
    assert asha.post(url, {"liked": "false"}, headers=JSON).json() == {"liked": False}
    assert asha.get("/cart/summary/").json()["likes"] == []


def test_stranger_is_asked_to_sign_in_and_comes_back(client, lamp):
    answer = client.post(f"/p/{lamp.pk}/like/", headers=JSON)
    assert (answer.status_code, answer.json()) == (401, {"sign_in": f"/accounts/login/?next=/p/{lamp.pk}/"})
    answer = client.post(f"/p/{lamp.pk}/like/", headers=SAME_ORIGIN)
    assert answer.url == f"/accounts/login/?next=/p/{lamp.pk}/"


def test_like_without_script_leads_to_all_likes(asha, lamp):
    other = make_product(title="Rug")
    size = make_variant(lamp)
    for product in (other, size, lamp):
        assert asha.post(f"/p/{product.pk}/like/", headers=SAME_ORIGIN).url == "/account/likes/"
    assert [card.title for card in asha.get("/account/likes/").context["cards"]] == ["Brass lamp", "Rug"]
    page_of(other).unpublish()
    assert [card.title for card in asha.get("/account/likes/").context["cards"]] == ["Brass lamp"]


def test_likes_are_private(client, asha, lamp):
    assert client.get("/account/likes/").url == "/accounts/login/?next=/account/likes/"
    assert "Nothing liked yet" in asha.get("/account/likes/").content.decode()
    assert "no-store" in asha.get("/account/likes/").headers["Cache-Control"]


def test_other_sites_can_like_nothing_and_watch_nothing(asha, lamp):
    assert asha.post(f"/p/{lamp.pk}/like/").status_code == asha.post("/back-in-stock/").status_code == 403
    assert not Like.objects.exists()


@pytest.mark.parametrize(("method", "path"), [("post", "like"), ("get", "review")])
def test_what_is_not_sold_is_not_found(asha, lamp, method, path):
    page_of(lamp).unpublish()
    assert getattr(asha, method)(f"/p/{lamp.pk}/{path}/", headers=SAME_ORIGIN).status_code == 404


REVIEW = {"rating": "4", "name": "Asha R", "description": "Bright and heavy."}


def test_customer_writes_one_review_and_changes_it(asha, lamp):
    size = make_variant(lamp)
    form = asha.get(f"/p/{lamp.pk}/review/").context["form"]
    assert form.initial == {"name": "Asha"}
    assert "Others can read it now." in asha.post(f"/p/{size.pk}/review/", REVIEW).content.decode()
    form = asha.get(f"/p/{lamp.pk}/review/").context["form"]
    assert form.initial == {"rating": 4, "name": "Asha R", "description": "Bright and heavy."}
    asha.post(f"/p/{lamp.pk}/review/", {**REVIEW, "rating": "5"})
    review = Review.objects.get()
    assert (review.product, review.rating, review.name, review.is_approved) == (lamp, 5, "Asha R", True)


def test_review_waits_where_the_shop_reads_first(asha, lamp):
    saved = ShopSettings.load()
    saved.holds_reviews = True
    saved.save()
    assert "We read it first" in asha.post(f"/p/{lamp.pk}/review/", REVIEW).content.decode()
    assert Review.objects.get().is_approved is False


def test_review_without_stars_comes_back_filled(asha, lamp):
    answer = asha.post(f"/p/{lamp.pk}/review/", {**REVIEW, "rating": "6"})
    assert answer.status_code == 400
    assert "Bright and heavy." in answer.content.decode()
    assert not Review.objects.exists()


def test_only_customers_review(client, lamp):
    assert client.get(f"/p/{lamp.pk}/review/").url == f"/accounts/login/?next=/p/{lamp.pk}/review/"


@pytest.fixture
def wish(lamp) -> dict:
    Product.objects.filter(pk=lamp.pk).update(inventory=0)
    return {"product_id": lamp.pk, "email": "asha@example.com", "consent": "on"}


def test_watch_is_kept_with_the_words_that_were_agreed_to(client, wish):
    answer = client.post("/back-in-stock/", wish, headers=JSON)
    assert (answer.status_code, answer.json()) == (
        201,
        {"message": "Thank you. We will write to you once, when it is back."},
    )
    watch = StockWatch.objects.get()
    assert watch.product_id == wish["product_id"]
    assert (watch.consent.address, watch.consent.wording) == ("asha@example.com", str(WATCH_WORDING))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"email": "asha"}, "Enter an email address such as asha@example.com."),
        ({"consent": ""}, "Tick the box, so that we may write to you."),
        ({"product_id": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"product_id": "999"}, "This product is not for sale any more."),
    ],
)
def test_watch_that_cannot_be_kept_says_why(client, wish, changes, problem):
    answer = client.post("/back-in-stock/", {**wish, **changes}, headers=JSON)
    assert (answer.status_code, answer.json()) == (400, {"error": problem})
    page = client.post("/back-in-stock/", {**wish, **changes}, headers=SAME_ORIGIN)
    assert (page.status_code, problem in page.content.decode()) == (400, True)
    assert not StockWatch.objects.exists()


def test_watch_of_what_is_in_stock_says_so(client, wish):
    Product.objects.update(inventory=1)
    assert client.post("/back-in-stock/", wish, headers=JSON).status_code == 400


def test_sold_out_page_offers_to_watch(client, lamp, wish):
    page = client.get(page_of(lamp).url).content.decode()
    assert "Shall we tell you when it is back?" in page
    assert page.count("data-watch\n") == 1


def test_watching_is_limited(client, wish, monkeypatch):
    monkeypatch.setattr("pages.wish_views.FormThrottle.allow_request", lambda *args: False)

    answer = client.post("/back-in-stock/", wish, headers=JSON)

    assert answer.json() == {"error": "These were many requests. Please wait a minute and try again."}
    assert not StockWatch.objects.exists()
