from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page

from pages.listings import list_collection
from pages.models.bonded_page import BondedPage
from pages.models.dated_preview import DatedPreviewMixin
from shop.models import Collection
from shop.services.collections import add_collection


class CollectionPage(DatedPreviewMixin, BondedPage):
    """What is read about a collection, and the list of its products. It makes its collection when it is made."""

    collection = models.OneToOneField(
        "shop.Collection", on_delete=models.PROTECT, related_name="page", editable=False
    )
    introduction = models.TextField(_("introduction"), blank=True, default="")

    bond = "collection"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("collection"), APIField("introduction")]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ProductPage"]
    page_description = _("A shelf of the shop; its products stand below it")

    class Meta:
        verbose_name = _("collection page")

    def add_counterpart(self) -> None:
        self.collection = add_collection(title=self.title, slug=self.slug)

    def update_counterpart(self) -> None:
        if self.speaks_for_itself:
            self.copy_content()

    def copy_content(self) -> None:
        collection = self.collection
        if (collection.title, collection.slug) == (self.title, self.slug):
            return
        collection.title = self.title
        # Slugs of collections are unique in the whole shop, those of pages only among their siblings.
        if not Collection.objects.filter(slug=self.slug).exclude(pk=collection.pk).exists():
            collection.slug = self.slug
        collection.save(update_fields=["title", "slug"])

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, **list_collection(page=self, request=request)}
