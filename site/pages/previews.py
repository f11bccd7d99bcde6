"""What the block chooser shows of a block before anybody filled it."""

from typing import Any

from shop.models import Picture


class WithPicture:
    """The values, with a picture of the shop's own library if it has one by then.

    An object, not a function: as an attribute of a block's `Meta` a function would become a method.
    """

    def __init__(self, **values: Any) -> None:
        self.values = values

    def __call__(self) -> dict[str, Any]:
        return {**self.values, "picture": Picture.objects.order_by("pk").first()}
