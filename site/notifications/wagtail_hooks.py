"""Addresses of the admin for mails; their menu hangs where the lists are, in the checkout."""

from wagtail import hooks

from notifications import desk_urls


@hooks.register("register_admin_urls")
def register_mail_urls():
    return desk_urls.urlpatterns
