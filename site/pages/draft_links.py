"""The admin's page with the link by which others, and a front end of its own, see a draft."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pages.headless.drafts import SECONDS, sign_draft


@require_safe
def show_draft_link(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id, depth__gt=1)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    token = sign_draft(page)
    front_end = settings.HEADLESS_PREVIEW_URL
    context = {
        "page": page,
        "hours": SECONDS // 3600,
        "api_url": request.build_absolute_uri(reverse("api-draft", args=[token])),
        "front_end_url": f"{front_end}?{urlencode({'token': token})}" if front_end else "",
    }
    return render(request, "pages/admin/draft_link.html", context)
