"""Links in mails, and what the mail service reports. The development mailbox has its own: mailbox_urls."""

from django.urls import path

from notifications.views import consents, tracking

urlpatterns = [
    path("anymail/mailgun/tracking/", tracking.receive_mailgun, name="mailgun_reports"),
    path("mail/confirm/<str:token>/", consents.confirm, name="confirm_consent"),
    path("mail/unsubscribe/<str:token>/", consents.unsubscribe, name="unsubscribe"),
]
