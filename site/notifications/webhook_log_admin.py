"""What clients were told, in Wagtail's admin: to read and to send once more, never to change."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from notifications.models import WebhookDelivery
from notifications.selectors import list_kinds
from notifications.services.announcements import TEST_KIND, EndpointDisabled
from notifications.services.webhook_log import DeliveryInFlight, resend_delivery
from notifications.webhook_admin import CHANGE_ENDPOINTS


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Services change the log, no form does."""

    def user_has_permission(self, user, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


def list_kinds_of_log() -> list[tuple[str, str]]:
    return [*list_kinds(), (TEST_KIND, _("A test"))]


def describe_kind(delivery: WebhookDelivery) -> str:
    """In words; a kind that the shop no longer knows by its own name."""
    return str(dict(list_kinds_of_log()).get(delivery.kind, delivery.kind))


def describe_outcome(delivery: WebhookDelivery) -> str:
    if delivery.last_error:
        return delivery.last_error[:80]
    return f"HTTP {delivery.answer_status}" if delivery.answer_status else ""


class DeliveryFilterSet(WagtailFilterSet):
    kind = ChoiceFilter(label=gettext_lazy("Event"), choices=list_kinds_of_log)
    created_at = DateFromToRangeFilter(label=gettext_lazy("When"), widget=DateRangePickerWidget)

    class Meta:
        model = WebhookDelivery
        fields = ["endpoint", "kind", "status", "created_at"]


class DeliveryIndexView(IndexView):
    page_title = gettext_lazy("Webhook log")

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("endpoint")

    def get_edit_url(self, instance) -> str:
        """A row leads to its call: there is nothing to edit."""
        return self.get_inspect_url(instance)


class DeliveryInspectView(InspectView):
    page_title = gettext_lazy("Webhook")

    def get_page_subtitle(self) -> str:
        return describe_kind(self.object)

    def get_context_data(self, **kwargs):
        body = json.dumps(json.loads(self.object.body), indent=2, ensure_ascii=False)
        return super().get_context_data(**kwargs) | {"delivery": self.object, "body": body}


class DeliveryViewSet(ModelViewSet):
    model = WebhookDelivery
    name = "webhook_deliveries"
    url_prefix = "webhooks/log"
    icon = "list-ul"
    menu_label = gettext_lazy("Webhook log")
    menu_order = 911
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    inspect_template_name = "notifications/webhooks/inspect.html"
    filterset_class = DeliveryFilterSet
    form_fields = ["status"]  # Wagtail builds a form that the policy lets nobody see
    ordering = ["-id"]
    list_per_page = 50
    list_display = [
        TitleColumn(
            "kind",
            label=gettext_lazy("Event"),
            accessor=describe_kind,
            url_name="webhook_deliveries:inspect",
        ),
        Column("endpoint", label=gettext_lazy("Endpoint")),
        Column("status", label=gettext_lazy("Status"), accessor="get_status_display"),
        Column("attempts", label=gettext_lazy("Tries")),
        Column("answer", label=gettext_lazy("Outcome"), accessor=describe_outcome),
        DateColumn("created_at", label=gettext_lazy("When")),
    ]
    search_fields = ["key", "body"]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/resend/", resend, name="resend")]


@require_POST
@permission_required(CHANGE_ENDPOINTS, raise_exception=True)
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(WebhookDelivery, pk=pk)
    try:
        resend_delivery(delivery_id=delivery.pk, now=timezone.now())
    except (EndpointDisabled, DeliveryInFlight) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The event is on its way again. Reload this page to see the answer."))
    return redirect(reverse("webhook_deliveries:inspect", args=[pk]))
