"""Mails and webhooks in the admin; the mails' menu hangs where the lists are, in the checkout."""

from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from notifications import desk_urls
from notifications.models import WebhookDelivery
from notifications.webhook_admin import EndpointViewSet
from notifications.webhook_log_admin import DeliveryViewSet, ReadOnlyPolicy

register_permission_policy(WebhookDelivery, ReadOnlyPolicy(WebhookDelivery))


@hooks.register("register_admin_viewset")
def register_webhooks():
    return [EndpointViewSet(), DeliveryViewSet()]


@hooks.register("register_admin_urls")
def register_mail_urls():
    return desk_urls.urlpatterns


@hooks.register("register_permissions")
def register_text_permissions():
    """Groups may be allowed to write the words of mails."""
    return Permission.objects.filter(content_type__app_label="notifications", codename="change_mailtext")
