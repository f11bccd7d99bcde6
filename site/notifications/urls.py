"""Links in mails, and what the mail service reports. The development mailbox has its own: mailbox_urls."""

from django.urls import path

from notifications.views import consents

urlpatterns = [
    path("mail/confirm/<str:token>/", consents.confirm, name="confirm_consent"),
    path("mail/unsubscribe/<str:token>/", consents.unsubscribe, name="unsubscribe"),
]
