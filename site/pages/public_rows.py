"""Every row that everybody reads something of: saving or deleting one replaces the public version.

By signal, because Wagtail's admin and its generic views save rows of every kind, and none may forget it.
"""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from database.versions import mark_changed
from pages.models import CatalogueColumns, CatalogueImport, CatalogueView, DemoStep, ImportRow
from shop.models import (
    BulkChange,
    BulkLine,
    Like,
    PictureRendition,
    PriceChange,
    Product,
    SearchedText,
    SearchSpelling,
    SearchWord,
    StockMovement,
)

# All of shop and pages but these. Thumbnails of the admin are renditions too.
UNSEEN = {
    *(BulkChange, BulkLine, CatalogueColumns, CatalogueImport, CatalogueView, DemoStep, ImportRow),
    *(Like, PictureRendition, PriceChange),
    *(SearchedText, SearchSpelling, SearchWord, StockMovement),
}
PUBLIC_MODELS = {
    *apps.get_app_config("shop").get_models(),
    *apps.get_app_config("pages").get_models(),
    apps.get_model("wagtaildocs", "Document"),
    apps.get_model("wagtailredirects", "Redirect"),
    *(Locale, Page, PageViewRestriction, Site),
} - UNSEEN
# What a page saves about its drafts.
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}


@receiver([post_save, post_delete])
def follow_public_rows(sender, update_fields=None, **kwargs) -> None:
    if sender in PUBLIC_MODELS and not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        mark_changed()


@receiver(m2m_changed, sender=Product.tags.through)
def follow_tags(sender, **kwargs) -> None:
    mark_changed()


@receiver(post_page_move)
def follow_moved_page(sender, **kwargs) -> None:
    """A page that was only put elsewhere among its siblings is not saved."""
    mark_changed()
