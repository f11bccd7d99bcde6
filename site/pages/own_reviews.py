"""A customer's own review of a product: one each, which may be changed."""

from pages.services.reviews import ReviewContent, change_review, write_review
from pages.wish_forms import ReviewForm
from shop.models import Product, Review


def find_own_review(product: Product, user) -> Review | None:
    """What somebody wrote about the product before."""
    return Review.objects.filter(product_id=product.lead_id, author=user).order_by("-pk").first()


def start_review_form(product: Product, user, data=None) -> ReviewForm:
    own = find_own_review(product, user)
    initial = {"name": user.first_name}
    if own is not None:
        initial = {"rating": own.rating, "name": own.name, "description": own.description}
    return ReviewForm(data, initial=initial)


def save_review(product: Product, user, content: dict) -> Review:
    """Write the review, or change the one that the customer wrote before. Raises `Product.DoesNotExist`."""
    own = find_own_review(product, user)
    if own is not None:
        return change_review(review_id=own.pk, changes=content, by_staff=False)
    return write_review(product_id=product.pk, content=ReviewContent(**content), author=user)
