from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from pages.blocks import PageBody
from pages.form_builder import ShopFormBuilder
from pages.headless.fields import BodyField


class FormPage(AbstractForm):
    """A form whose answers are stored, and mailed to the shop; `pages.form_views` takes them."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("above the form"))
    to_address = models.EmailField(
        _("mail answers to"), blank=True, default="", help_text=_("Empty: the shop's contact email.")
    )
    button_label = models.CharField(_("button"), max_length=40, default=_("Send"))
    thanks = models.TextField(
        _("thanks"), default=_("Thank you. We answer within two working days."), max_length=500
    )

    form_builder = ShopFormBuilder
    template = "pages/form_page.html"
    # The page of thanks is the same one.
    preview_modes = PreviewableMixin.DEFAULT_PREVIEW_MODES
    content_panels = [
        *AbstractForm.content_panels,
        FormSubmissionsPanel(),
        FieldPanel("body"),
        InlinePanel("form_fields", heading=_("Questions"), label=_("Question"), min_num=1),
        MultiFieldPanel(
            [FieldPanel("button_label"), FieldPanel("thanks"), FieldPanel("to_address")],
            heading=_("Sending"),
        ),
    ]
    api_fields = [
        APIField("body", serializer=BodyField()),
        APIField("form_fields"),
        APIField("button_label"),
        APIField("thanks"),
    ]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    page_description = _("Questions to fill in, for example a contact form; answers are stored and mailed")

    class Meta:
        verbose_name = _("form page")

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "form": kwargs.get("form") or self.get_form(), "sent": "sent" in request.GET}

    def serve(self, request: HttpRequest, *args, **kwargs):
        """Only shows: what is sent goes elsewhere, because a public page carries no token."""
        return self.show(request)

    def show(self, request: HttpRequest, *, form=None, status: int = 200) -> TemplateResponse:
        """The page with an empty form, or with one that came back."""
        context = self.get_context(request, form=form)
        return TemplateResponse(request, self.get_template(request), context, status=status)

    def serve_preview(self, request: HttpRequest, mode_name: str):
        return self.show(request)


class FormPageField(AbstractFormField):
    """A question."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")

    api_fields = [
        APIField(name) for name in ("clean_name", "label", "field_type", "required", "choices", "help_text")
    ]
