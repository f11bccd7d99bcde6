"""Reviews: anyone reads and writes, staff and the signed-in author change."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from api.throttling import AnonymousThrottle, CustomerThrottle
from pages.models import ShopSettings
from shop.models import Review
from tests.api.wire import (
    ENCODINGS,
    FORBIDDEN,
    NOT_FOUND,
    REQUIRED,
    UNAUTHENTICATED,
    field_body,
    missing_body,
    refused_method,
)
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

BODY = {"name": "Asha", "description": "Bright and steady.", "rating": 4}
NO_REVIEW = (404, missing_body("Review"))
NO_PRODUCT = (404, missing_body("Product"))


@pytest.fixture
def product():
    return make_item()


@pytest.fixture
def reviews(product) -> str:
    return f"/store/products/{product.pk}/reviews/"


def make_review(product, *, author=None, **fields) -> Review:
    return Review.objects.create(product=product, author=author, **{**BODY, **fields})


def hold_reviews() -> None:
    saved = ShopSettings.load()
    saved.holds_reviews = True
    saved.save()
    cache.delete(ShopSettings.cache_key())


def shape(review: Review, **more) -> dict:
    fields = {"id": review.pk, "date": str(review.date), "name": review.name}
    return {**fields, "description": review.description, **more}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_write_review_as_anyone(guest, product, reviews, encoding):
    answer = guest.post(reviews, BODY, encoding)
    review = Review.objects.get()
    assert answer.told == (201, shape(review))
    assert list(answer.body) == ["id", "date", "name", "description"]
    assert (review.product, review.rating, review.author, review.is_approved) == (product, 4, None, True)
    assert answer.body["date"] == str(timezone.localdate())


def test_write_review_without_a_rating(guest, reviews):
    assert guest.post(reviews, {"name": "Asha", "description": "Fine."}).status == 201
    assert guest.post(reviews, {**BODY, "rating": None}).status == 201
    assert [review.rating for review in Review.objects.all()] == [None, None]


def test_write_review_ignores_what_clients_may_not_set(guest, stranger, reviews, customer):
    body = {
        **BODY,
        "id": 99,
        "date": "2020-01-01",
        "is_approved": False,
        "author": customer.user.pk,
        "answer": "x",
    }
    answer = guest.post(reviews, body)
    review = Review.objects.get()
    assert (review.pk != 99, str(review.date), review.is_approved) == (True, answer.body["date"], True)
    assert (review.author, review.answer, answer.body["date"] > "2020-01-01") == (None, "", True)


def test_write_review_signed_in_names_the_author(shopper, customer, reviews):
    shopper.post(reviews, BODY)
    assert Review.objects.get().author == customer.user


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name": REQUIRED, "description": REQUIRED}),
        ({**BODY, "name": ""}, {"name": ["This field may not be blank."]}),
        ({**BODY, "name": "x" * 256}, {"name": ["Ensure this field has no more than 255 characters."]}),
        ({**BODY, "description": " "}, {"description": ["This field may not be blank."]}),
        (
            {**BODY, "description": "x" * 5001},
            {"description": ["Ensure this field has no more than 5000 characters."]},
        ),
        ({**BODY, "rating": 0}, {"rating": ["Ensure this value is greater than or equal to 1."]}),
        ({**BODY, "rating": 6}, {"rating": ["Ensure this value is less than or equal to 5."]}),
        ({**BODY, "rating": "many"}, {"rating": ["A valid integer is required."]}),
        ({**BODY, "rating": 4.5}, {"rating": ["A valid integer is required."]}),
        ({**BODY, "name": "a\0b"}, {"name": ["Null characters are not allowed."]}),
    ],
)
def test_write_review_bad(guest, reviews, body, fields):
    assert guest.post(reviews, body).told == (400, field_body(**fields))
    assert Review.objects.count() == 0


def test_reviews_are_an_array_newest_first(guest, product, reviews):
    older, newer = make_review(product, name="Ravi"), make_review(product)
    make_review(make_item())
    assert guest.get(reviews).told == (200, [shape(newer), shape(older)])
    assert guest.get(f"{reviews}{older.pk}/").told == (200, shape(older))


def test_reviews_none(guest, reviews):
    assert guest.get(reviews).content == b"[]"


def test_reviews_with_ratings_where_asked(guest, product, reviews):
    rated, plain = make_review(product), make_review(product, rating=None)
    answer = guest.get(f"{reviews}?include=rating")
    assert answer.told == (200, [shape(plain, rating=None), shape(rated, rating=4)])
    assert guest.get(f"{reviews}{rated.pk}/?include=x,rating").body == shape(rated, rating=4)
    assert guest.post(f"{reviews}?include=rating", BODY).body["rating"] == 4


def test_reviews_in_pages_where_asked(guest, product, reviews):
    for _ in range(3):
        make_review(product)
    answer = guest.get(f"{reviews}?page_size=2")
    assert (answer.body["count"], len(answer.body["results"]), answer.body["previous"]) == (3, 2, None)
    assert answer.body["next"] == f"http://testserver{reviews}?page=2&page_size=2"


def test_reviews_of_a_variant_are_its_leads(guest, product, reviews):
    variant = make_item(variant_of=product)
    answer = guest.post(f"/store/products/{variant.pk}/reviews/", BODY)
    assert guest.get(f"{reviews}{answer.body['id']}/").status == 200
    assert guest.get(f"/store/products/{variant.pk}/reviews/").body == [answer.body]


@pytest.mark.parametrize("method", ["get", "post"])
def test_reviews_of_an_unknown_product(guest, method):
    hidden = make_item(is_live=False)
    assert getattr(guest, method)("/store/products/999999/reviews/").told == NO_PRODUCT
    assert getattr(guest, method)(f"/store/products/{hidden.pk}/reviews/").told == NO_PRODUCT
    assert getattr(guest, method)("/store/products/abc/reviews/").told == NOT_FOUND


def test_review_missing_malformed_and_of_another_product(staff, reviews):
    other = make_review(make_item())
    for number in (other.pk, 999999, "9" * 30):
        path = f"{reviews}{number}/"
        assert staff.get(path).told == NO_REVIEW
        assert staff.put(path, BODY).told == NO_REVIEW
        assert staff.patch(path, {}).told == NO_REVIEW
        assert staff.delete(path).told == NO_REVIEW
    assert staff.get(f"{reviews}abc/").told == NOT_FOUND
    assert Review.objects.count() == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_change_review_who(guest, shopper, stranger, staff, customer, product, reviews, method):
    path = f"{reviews}{make_review(product, author=customer.user).pk}/"
    assert getattr(guest, method)(path, BODY).told == UNAUTHENTICATED
    assert getattr(stranger, method)(path, BODY).told == FORBIDDEN
    expected = 204 if method == "delete" else 200
    assert getattr(shopper, method)(path, BODY).status == expected
    path = f"{reviews}{make_review(product).pk}/"
    assert getattr(shopper, method)(path, BODY).told == FORBIDDEN
    assert getattr(staff, method)(path, BODY).status == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_change_review(staff, product, reviews, encoding):
    review = make_review(product)
    path = f"{reviews}{review.pk}/"
    body = {"name": "Ravi", "description": "Dim.", "rating": 2}
    assert staff.put(path, body, encoding).told == (200, shape(review, name="Ravi", description="Dim."))
    assert staff.patch(path, {"rating": 1}, encoding).status == 200
    changed = Review.objects.get()
    assert (changed.name, changed.description, changed.rating) == ("Ravi", "Dim.", 1)


def test_change_review_bad(staff, product, reviews):
    path = f"{reviews}{make_review(product).pk}/"
    assert staff.put(path, {}).told == (400, field_body(name=REQUIRED, description=REQUIRED))
    sentence = "Ensure this value is less than or equal to 5."
    assert staff.patch(path, {"rating": 9}).told == (400, field_body(rating=[sentence]))


def test_delete_review(staff, product, reviews):
    path = f"{reviews}{make_review(product).pk}/"
    answer = staff.delete(path)
    assert (answer.status, answer.content, Review.objects.count()) == (204, b"", 0)
    assert staff.delete(path).told == NO_REVIEW


def test_reviews_wait_where_the_shop_says_so(guest, shopper, staff, reviews):
    hold_reviews()
    answer = shopper.post(reviews, BODY)
    path = f"{reviews}{answer.body['id']}/"
    assert answer.status == 201
    for api in (guest, shopper, staff):
        assert api.get(reviews).body == []
        assert api.get(path).told == NO_REVIEW
    assert shopper.patch(path, {"rating": 5}).status == 200
    assert Review.objects.get().is_approved is False
    Review.objects.update(is_approved=True)
    assert guest.get(path).status == 200


def test_review_that_its_author_changes_waits_again(shopper, staff, customer, product, reviews):
    hold_reviews()
    path = f"{reviews}{make_review(product, author=customer.user).pk}/"
    staff.patch(path, {"name": "Asha R."})
    assert Review.objects.get().is_approved is True
    shopper.patch(path, {"description": "Buy elsewhere!"})
    assert Review.objects.get().is_approved is False


def test_review_methods_that_are_none(staff, product, reviews):
    for method in ("PUT", "PATCH", "DELETE"):
        assert staff.send(method, reviews).told == refused_method(method)
    assert staff.post(f"{reviews}{make_review(product).pk}/", BODY).told == refused_method("POST")


def test_reviews_are_throttled_by_address(guest, shopper, reviews, monkeypatch):
    monkeypatch.setattr(APIView, "throttle_classes", [AnonymousThrottle, CustomerThrottle])
    rates = {"anonymous": "90/min", "customer": "90/min", "review": "2/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    assert [api.post(reviews, BODY).status for api in (guest, shopper, shopper)] == [201, 201, 429]
    answer = guest.post(reviews, BODY)
    assert (answer.status, answer.body["code"], 50 <= int(answer.headers["Retry-After"]) <= 60) == (
        429,
        "throttled",
        True,
    )
    assert guest.get(reviews).status == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_review_list_queries(guest, product, reviews, rows, count_queries):
    for _ in range(rows):
        make_review(product)
    guest.get(reviews)
    with count_queries(2) as counted:
        answer = guest.get(f"{reviews}?include=rating")
    assert (len(answer.body), len(counted)) == (rows, 2)
