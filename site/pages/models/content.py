"""Pages made of blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import PageBody
from pages.models.dated_preview import DatedPreviewMixin


class HomePage(DatedPreviewMixin, Page):
    """The front of the shop. Collections, landing and standard pages stand below it."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.CollectionPage", "pages.LandingPage", "pages.StandardPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")


class LandingPage(DatedPreviewMixin, Page):
    """A page for an occasion: a season, a sale, a story."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("landing page")


class StandardPage(DatedPreviewMixin, Page):
    """Words: about us, shipping, returns, contact."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("standard page")
