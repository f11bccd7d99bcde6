from notifications.models.consent import Consent
from notifications.models.email import EmailEvent, OutgoingAttachment, OutgoingEmail
from notifications.models.marketing import MarketingSettings
from notifications.models.suppression import Suppression
from notifications.models.text import MailText
from notifications.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "Consent",
    "EmailEvent",
    "MailText",
    "MarketingSettings",
    "OutgoingAttachment",
    "OutgoingEmail",
    "Suppression",
    "WebhookDelivery",
    "WebhookEndpoint",
]
