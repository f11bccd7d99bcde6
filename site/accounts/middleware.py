"""Where staff need a second factor, the admin opens to nobody who has shown only a password."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

GUARDED = ("/admin/", "/django-admin/")
OPEN = ("/admin/login/", "/admin/logout/", "/admin/password_reset/", "/django-admin/logout/")


class SecondFactorMiddleware:
    """Asks for the code, or sends people who have no authenticator to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not needs_second_factor(request):
            return self.get_response(request)
        page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
        return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def needs_second_factor(request: HttpRequest) -> bool:
    is_guarded = request.path.startswith(GUARDED) and not request.path.startswith(OPEN)
    if not (settings.STAFF_SECOND_FACTOR and is_guarded and request.user.is_authenticated):
        return False
    return all(record.get("method") != "mfa" for record in get_authentication_records(request, request.user))
