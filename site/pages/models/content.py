"""Pages made of blocks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import PageBody
from pages.headless.fields import BodyField
from pages.models.dated_preview import DatedPreviewMixin
from pages.panels import ChecksPanel
from pages.policies import PolicyPermissionTester


class BlockPage(DatedPreviewMixin, Page):
    """A page whose body is blocks. All of them stand below the home page and have nothing below them."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body"), ChecksPanel(heading=_("Content checks"))]
    api_fields = [APIField("body", serializer=BodyField())]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True


class HomePage(BlockPage):
    """The front of the shop. Every other page stands below it."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.CollectionPage",
        "pages.LandingPage",
        "pages.StandardPage",
        "pages.PolicyPage",
        "pages.FormPage",
    ]
    max_count_per_parent = 1
    page_description = _("The front of the shop")

    class Meta:
        verbose_name = _("home page")


class LandingPage(BlockPage):
    """A page for an occasion: a season, a sale, a story."""

    page_description = _("For an occasion: a season, a sale, a story")

    class Meta:
        verbose_name = _("landing page")


class StandardPage(BlockPage):
    """Words: about us, how we work."""

    page_description = _("Words that explain the shop: about us, how we work")

    class Meta:
        verbose_name = _("standard page")


class PolicyKind(models.TextChoices):
    """What payment providers and the law ask a shop to say."""

    TERMS = "terms", _("Terms and conditions")
    PRIVACY = "privacy", _("Privacy")
    SHIPPING = "shipping", _("Shipping")
    RETURNS = "returns", _("Returns and refunds")


class PolicyPage(BlockPage):
    """What the shop promises, and since when."""

    kind = models.CharField(_("kind"), max_length=10, choices=PolicyKind.choices)
    effective_on = models.DateField(
        _("in force since"), null=True, blank=True, help_text=_("Shown below the title.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("effective_on"),
        FieldPanel("body"),
        ChecksPanel(heading=_("Content checks")),
    ]
    api_fields = [*BlockPage.api_fields, APIField("kind"), APIField("effective_on")]
    page_description = _("What the shop promises: terms, privacy, shipping, returns")

    class Meta:
        verbose_name = _("policy page")
        permissions = [("approve_policypage", "Can publish policies")]

    def permissions_for_user(self, user) -> PolicyPermissionTester:
        return PolicyPermissionTester(user, self)
