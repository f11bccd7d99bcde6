from notifications.models.email import OutgoingAttachment, OutgoingEmail
from notifications.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = ["OutgoingAttachment", "OutgoingEmail", "WebhookDelivery", "WebhookEndpoint"]
