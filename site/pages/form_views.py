"""Where forms of public pages are sent: the pages themselves carry no token and are the same for everybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rest_framework.throttling import SimpleRateThrottle

from accounts.networks import widen
from checkout.origins import same_origin_required
from pages.models import FormPage
from pages.services.form_answers import keep_answers

# People do not see this field; programs fill it in.
TRAP = "website"


class FormThrottle(SimpleRateThrottle):
    """How many forms somebody sends, by address."""

    scope = "form"

    def get_rate(self) -> str:
        return settings.FORM_LIMIT

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": widen(self.get_ident(request))}


@never_cache
@same_origin_required
@require_POST
def send_form(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep and mail the answers of a form page; a wrong one comes back filled in, with what is wrong."""
    page = FormPage.objects.live().filter(pk=page_id).first()
    if page is None or page.get_view_restrictions():
        raise Http404("There is no such form.")
    form = page.get_form(request.POST, page=page)
    if form.is_valid() and not FormThrottle().allow_request(request, None):
        form.add_error(None, _("These were many messages. Please wait a minute and send it again."))
        return page.show(request, form=form, status=429)
    if not form.is_valid():
        return page.show(request, form=form, status=400)
    if not request.POST.get(TRAP):
        keep_answers(page_id=page.pk, answers=form.cleaned_data)
    return HttpResponseRedirect(f"{page.get_url(request)}?sent=1#sent")
