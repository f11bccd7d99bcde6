"""Columns and views that a person keeps; each post leads back to the table."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pages.desk.columns import CHOICES
from pages.desk.permissions import may_look
from pages.services.catalogue_views import drop_view, keep_columns, keep_view

LONGEST_NAME = 60


def read_columns(request: HttpRequest) -> list[str]:
    return [name for name in CHOICES if name in request.POST.getlist("column")]


def back_to_table(query: str, **more) -> HttpResponse:
    """To the table as it was; what is no query is dropped by reading it."""
    address = "&".join(part for part in (QueryDict(query).urlencode(), urlencode(more)) if part)
    return redirect(f"{reverse('catalogue')}?{address}" if address else reverse("catalogue"))


@may_look
@require_POST
def choose_columns(request: HttpRequest) -> HttpResponse:
    """With a name, the table as it is becomes a view; without one, the columns are the person's usual ones."""
    columns, query = read_columns(request), request.POST.get("within", "")
    keep_columns(user=request.user, columns=columns)
    return back_to_table(query)


@may_look
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    name, query = request.POST.get("name", "").strip()[:LONGEST_NAME], request.POST.get("within", "")
    if not name:
        messages.error(request, _("Give the view a name."))
        return back_to_table(query)
    view = keep_view(
        owner=request.user,
        name=name,
        query=query,
        columns=request.POST.getlist("shown"),
        is_shared=bool(request.POST.get("shared")),
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return back_to_table(query, view=view.pk)


@may_look
@require_POST
def delete_view(request: HttpRequest, view_id: int) -> HttpResponse:
    drop_view(owner=request.user, view_id=view_id)
    messages.success(request, _("The view is deleted."))
    return redirect("catalogue")
