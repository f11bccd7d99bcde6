from django.urls import path

from notifications.views import mailbox

urlpatterns = [
    path("", mailbox.show_mailbox, name="mailbox"),
    path("<str:mail_id>/", mailbox.show_mail, name="mail"),
    path("<str:mail_id>/html/", mailbox.show_mail_html, name="mail_html"),
]
