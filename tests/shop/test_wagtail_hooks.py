import pytest
from django.urls import reverse

from shop.models import Review, TaxClass
from tests.factories.catalogue import make_item, make_tax_class
from tests.factories.users import make_admin

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["reviews", "tags", "tax_classes"])
def test_catalogue_lists_open_in_the_admin(client, name):
    client.force_login(make_admin())
    make_tax_class(name="Books")
    make_item(tags=("Brass",)).reviews.create(name="Asha", description="Good", rating=5)
    response = client.get(reverse(f"{name}:index"))
    assert response.status_code == 200
    shown = {"reviews": "Asha", "tags": "Brass", "tax_classes": "Books"}[name]
    assert shown in response.content.decode()


def test_staff_answer_a_review_but_do_not_rewrite_it(client):
    client.force_login(make_admin())
    review = make_item().reviews.create(name="Asha", description="Good", rating=5)
    form = {"is_approved": "", "answer": "Thank you!", "description": "Bad", "rating": 1}
    client.post(reverse("reviews:edit", args=[review.pk]), form)
    saved = Review.objects.get(pk=review.pk)
    assert (saved.is_approved, saved.answer, saved.description, saved.rating) == (
        False,
        "Thank you!",
        "Good",
        5,
    )


def test_tax_class_that_products_use_is_not_deleted(client):
    client.force_login(make_admin())
    books, free = make_tax_class(name="Books"), make_tax_class(name="Free")
    make_item(tax_class_id=books.pk)
    page = client.post(reverse("tax_classes:delete", args=[books.pk]), follow=True)
    sentence = f"{books} is used by products: give them another one first."
    assert sentence in [str(message) for message in page.context["messages"]]
    client.post(reverse("tax_classes:delete", args=[free.pk]))
    assert list(TaxClass.objects.all()) == [books]
