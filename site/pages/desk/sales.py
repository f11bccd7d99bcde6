"""From the table to a sale: its form, filled with what was chosen."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.desk.selection import Selection
from shop.models import Sale

MOST_NAMED = 200


@permission_required("shop.add_sale", raise_exception=True)
@require_safe
def put_on_sale(request: HttpRequest) -> HttpResponse:
    """All of some collections is a sale of those; else the products are named, a lead for its sizes and colours."""
    selection = Selection.read(request.GET)
    collections = selection.find_only_collections()
    if collections:
        return redirect(f"{find_add_url()}?{urlencode({'collection': collections}, doseq=True)}")
    products = selection.find_products(request).order_by().values_list("pk", "variant_of")
    leads = sorted({lead or pk for pk, lead in products})
    if not leads or len(leads) > MOST_NAMED:
        sentence = _("Choose up to %(most)s products, or filter by a collection and choose all that match.")
        messages.error(request, sentence % {"most": MOST_NAMED})
        return redirect("catalogue")
    return redirect(f"{find_add_url()}?{urlencode({'product': leads}, doseq=True)}")


def find_add_url() -> str:
    return reverse(Sale.snippet_viewset.get_url_name("add"))
