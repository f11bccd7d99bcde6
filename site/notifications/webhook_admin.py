"""Clients that are told about events, in Wagtail's admin: list, form, secret, test."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from notifications.models import WebhookEndpoint
from notifications.services.announcements import EndpointDisabled, send_test
from notifications.services.webhook_endpoints import follow_switch
from notifications.services.webhook_log import resume_deliveries
from notifications.services.webhook_secrets import make_secret, rotate_secret
from notifications.webhook_forms import WebhookEndpointForm

CHANGE_ENDPOINTS = "notifications.change_webhookendpoint"
SHOWN_ONCE = "webhook_secret_of"  # in the session: of which endpoint the secret may be shown, once


def describe_state(endpoint: WebhookEndpoint) -> str:
    if not endpoint.is_enabled:
        return _("Off. %(why)s") % {"why": endpoint.disabled_why}
    if endpoint.failing_since:
        since = date_format(timezone.localtime(endpoint.failing_since), "DATETIME_FORMAT")
        return _("Failing since %(since)s") % {"since": since}
    return _("On")


class EndpointCreateView(CreateView):
    def save_instance(self):
        saved = super().save_instance()
        self.request.session[SHOWN_ONCE] = saved.pk
        return saved

    def get_success_url(self) -> str:
        return reverse("webhook_endpoints:secret", args=[self.object.pk])


class EndpointEditView(EditView):
    def save_instance(self):
        endpoint, now = self.form.instance, timezone.now()
        was_enabled = WebhookEndpoint.objects.values_list("is_enabled", flat=True).get(pk=endpoint.pk)
        follow_switch(endpoint=endpoint, was_enabled=was_enabled, now=now)
        saved = super().save_instance()
        if saved.is_enabled and not was_enabled:
            resume_deliveries(endpoint_id=saved.pk, now=now)
        return saved

    def get_context_data(self, **kwargs):
        waiting = self.object.deliveries.queued().count()
        return super().get_context_data(**kwargs) | {
            "state": describe_state(self.object),
            "waiting": waiting,
        }


class EndpointViewSet(ModelViewSet):
    model = WebhookEndpoint
    name = "webhook_endpoints"
    url_prefix = "webhooks/endpoints"
    icon = "globe"
    menu_label = gettext_lazy("Webhooks")
    menu_order = 910
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView
    edit_template_name = "notifications/webhooks/edit.html"
    list_display = [
        "name",
        Column("url", label=gettext_lazy("Address")),
        Column("kinds", label=gettext_lazy("Events"), accessor=lambda row: ", ".join(row.kinds)),
        Column("state", label=gettext_lazy("State"), accessor=describe_state),
    ]
    search_fields = ["name", "url"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("url"), FieldPanel("kinds"), FieldPanel("is_enabled")],
        base_form_class=WebhookEndpointForm,
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/secret/", show_secret, name="secret"),
            path("<int:pk>/rotate/", rotate, name="rotate"),
            path("<int:pk>/test/", test, name="test"),
        ]


@require_safe
@never_cache
@permission_required(CHANGE_ENDPOINTS, raise_exception=True)
def show_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """The secret, to whoever just made it, once."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    is_new = request.session.get(SHOWN_ONCE) == pk
    if is_new:
        del request.session[SHOWN_ONCE]
    context = {"endpoint": endpoint, "secret": make_secret(endpoint.salt) if is_new else ""}
    return render(request, "notifications/webhooks/secret.html", context)


@require_POST
@permission_required(CHANGE_ENDPOINTS, raise_exception=True)
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    rotate_secret(endpoint_id=endpoint.pk, now=timezone.now())
    request.session[SHOWN_ONCE] = pk
    return redirect("webhook_endpoints:secret", pk)


@require_POST
@permission_required(CHANGE_ENDPOINTS, raise_exception=True)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    try:
        delivery = send_test(endpoint_id=endpoint.pk)
    except EndpointDisabled as error:
        messages.error(request, str(error))
        return redirect("webhook_endpoints:edit", pk)
    messages.success(request, _("The test event is on its way. Reload this page to see the answer."))
    return redirect("webhook_deliveries:inspect", delivery.pk)
