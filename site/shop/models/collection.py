from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.querysets import CollectionQuerySet


class Collection(models.Model):
    """A shelf of the shop. Its page is a `pages.CollectionPage`, which keeps title and slug the same."""

    title = models.CharField(_("title"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, unique=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title
