"""What the block chooser shows of a block before anybody filled it.

Objects, not functions: as an attribute of a block's `Meta` a function would become a method.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from shop.models import Picture, Review


class WithPicture:
    """The values, with a picture of the shop's own library if it has one by then."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def __call__(self) -> dict[str, Any]:
        return {**self.values, "picture": Picture.objects.order_by("pk").first()}


class WithPictures:
    """A heading, and as many pictures of the library as there are captions."""

    def __init__(self, *, heading: str, captions: tuple[str, ...]) -> None:
        self.heading, self.captions = heading, captions

    def __call__(self) -> dict[str, Any]:
        pictures = Picture.objects.order_by("pk")[: len(self.captions)]
        items = [
            {"picture": picture, "caption": caption}
            for picture, caption in zip(pictures, self.captions, strict=False)
        ]
        return {"heading": self.heading, "pictures": items}


class WithReview:
    """The newest review that shoppers may read."""

    def __call__(self) -> dict[str, Any]:
        return {"review": Review.objects.approved().order_by("-pk").first()}


class EndingSoon:
    """The values of something that runs for two more days."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def __call__(self) -> dict[str, Any]:
        ends_at = timezone.now().replace(microsecond=0) + timedelta(days=2)
        return {**self.values, "starts_at": None, "ends_at": ends_at}
