"""What reviews say on request."""

from collections.abc import Sequence

from rest_framework.request import Request

from api.includes.asking import Loader
from shop.models import Review


def load_ratings(reviews: Sequence[Review], request: Request) -> dict[int, int | None]:
    return {review.pk: review.rating for review in reviews}


REVIEW_INCLUDES: dict[str, Loader] = {"rating": load_ratings}
