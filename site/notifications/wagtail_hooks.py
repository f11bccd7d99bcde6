"""Addresses of the admin for mails; their menu hangs where the lists are, in the checkout."""

from django.contrib.auth.models import Permission
from wagtail import hooks

from notifications import desk_urls


@hooks.register("register_admin_urls")
def register_mail_urls():
    return desk_urls.urlpatterns


@hooks.register("register_permissions")
def register_text_permissions():
    """Groups may be allowed to write the words of mails."""
    return Permission.objects.filter(content_type__app_label="notifications", codename="change_mailtext")
