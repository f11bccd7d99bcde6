from django.urls import path

from notifications import views

urlpatterns = [
    path("", views.show_mailbox, name="mailbox"),
    path("<str:mail_id>/", views.show_mail, name="mail"),
    path("<str:mail_id>/html/", views.show_mail_html, name="mail_html"),
]
