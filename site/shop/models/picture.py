import uuid
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture of the library that editors and products use. Stored under a random name."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        return f"pictures/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


class PictureRendition(AbstractRendition):
    """A picture at one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]


class ProductImage(models.Model):
    """One place in a product's list of pictures, the same for its page and the API.

    The page's revisions hold order and captions; publishing copies them here.
    """

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="images")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")
    caption = models.CharField(_("caption"), max_length=255, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("product picture")
        verbose_name_plural = _("product pictures")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "picture"], name="picture_once_per_product")
        ]
