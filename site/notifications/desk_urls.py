"""What staff do to mails, below the admin's own address."""

from django.urls import path

from notifications.views import desk, texts

urlpatterns = [
    path("mails/texts/", texts.list_texts, name="mail_texts"),
    path("mails/texts/<slug:key>/", texts.edit_text, name="mail_text"),
    path("mails/texts/<slug:key>/preview/", texts.preview_text, name="mail_text_preview"),
    path("mails/texts/<slug:key>/default/", texts.take_back, name="mail_text_default"),
    path("mails/<int:email_id>/again/", desk.send_again, name="mail_send_again"),
    path("mails/suppressed/<int:suppression_id>/lift/", desk.lift, name="mail_lift_suppression"),
]
