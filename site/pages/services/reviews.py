"""What shoppers write about products. Pages and API come through here."""

from dataclasses import dataclass
from typing import Any

from database.transactions import entry_service
from pages.models import ShopSettings
from shop.models import Product, Review


@dataclass(frozen=True)
class ReviewContent:
    """`rating` in stars, 1 to 5, or None."""

    name: str
    description: str
    rating: int | None = None


@entry_service
def write_review(*, product_id: int, content: ReviewContent, author=None) -> Review:
    """Add a review of a product that is for sale; it waits for approval where the shop's settings say so.

    A size or colour shares the reviews of its lead, whose page shows them. Raises `Product.DoesNotExist`.
    """
    product = Product.objects.live().get(pk=product_id)
    return Review.objects.create(
        product_id=product.lead_id,
        author=author,
        name=content.name,
        description=content.description,
        rating=content.rating,
        is_approved=not ShopSettings.load().holds_reviews,
    )


@entry_service
def change_review(*, review_id: int, changes: dict[str, Any], by_staff: bool) -> Review:
    """Change name, description or rating. What its author changes is held like a new one, what staff change is not.

    Raises `Review.DoesNotExist`.
    """
    review = Review.objects.select_for_update().get(pk=review_id)
    for name, value in changes.items():
        setattr(review, name, value)
    if changes and not by_staff and ShopSettings.load().holds_reviews:
        review.is_approved = False
    review.save()
    return review


@entry_service
def delete_review(*, review_id: int) -> None:
    """Raises `Review.DoesNotExist`."""
    Review.objects.select_for_update().get(pk=review_id).delete()
