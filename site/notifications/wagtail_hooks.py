from wagtail import hooks
from wagtail.permissions import register_permission_policy

from notifications.models import WebhookDelivery
from notifications.webhook_admin import EndpointViewSet
from notifications.webhook_log_admin import DeliveryViewSet, ReadOnlyPolicy

register_permission_policy(WebhookDelivery, ReadOnlyPolicy(WebhookDelivery))


@hooks.register("register_admin_viewset")
def register_webhooks():
    return [EndpointViewSet(), DeliveryViewSet()]
