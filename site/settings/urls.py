"""Every address of the shop. Wagtail's pages come last: they take what nothing else wants."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import edit_profile
from settings.health import tell_live, tell_ready

urlpatterns = [
    path("health/live/", tell_live, name="health_live"),
    path("health/ready/", tell_ready, name="health_ready"),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("account/profile/", edit_profile, name="profile"),
    path("", include("api.urls")),
    path("", include("notifications.urls")),
    path("", include("checkout.urls")),
    path("", include("pages.urls")),
]

if settings.RAZORPAY_IS_SIMULATED and settings.MAIL_TRANSPORT == "notifications.backends.MailboxBackend":
    # Anybody could read the mails here: only where no money and no real mail moves.
    urlpatterns += [path("mailbox/", include("notifications.mailbox_urls"))]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})]

# Only development with DEBUG installs them, see settings.tools.
for prefix, app in (("silk/", "silk"), ("__debug__/", "debug_toolbar")):
    if settings.DEBUG and apps.is_installed(app):
        urlpatterns += [path(prefix, include(f"{app}.urls"))]

urlpatterns += [path("", include(wagtail_urls))]
