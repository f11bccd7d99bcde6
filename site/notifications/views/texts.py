"""The words of mails in the admin: listed, edited with a preview on real data, tried on oneself, taken back."""

import uuid
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.forms import TextForm
from notifications.kinds import MailKind, list_kinds
from notifications.models import MailText
from notifications.rendering import RenderedMail, render_mail
from notifications.services.texts import reset_text, save_text, send_test
from notifications.words import Words, find_words

may_edit = permission_required("notifications.change_mailtext", raise_exception=True)


@may_edit
@require_safe
def list_texts(request: HttpRequest) -> HttpResponse:
    edited = {row.kind: row for row in MailText.objects.select_related("edited_by")}
    kinds = sorted(list_kinds().values(), key=lambda kind: str(kind.group))
    groups = [
        (group, [(kind, find_words(kind).subject, edited.get(kind.key)) for kind in members])
        for group, members in groupby(kinds, key=lambda kind: str(kind.group))
    ]
    return render(request, "notifications/admin/texts.html", {"groups": groups})


@may_edit
@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: HttpRequest, key: str) -> HttpResponse:
    kind = get_kind_or_404(key)
    words = find_words(kind)
    initial = {
        "subject": words.subject,
        "heading": words.heading,
        "opening": words.opening,
        "closing": words.closing,
    }
    form = TextForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        if "test" not in request.POST:
            save_text(kind=kind, words=form.words, by_id=request.user.pk)
            messages.success(request, _("Saved: the next mail of this kind has these words."))
            return redirect("mail_text", key)
        mail_oneself(request, kind, form.words)
    elif form.errors:
        messages.error(request, _("Nothing is saved yet: please look at the words below."))
    context = {
        "kind": kind,
        "form": form,
        "is_edited": MailText.objects.filter(kind=key).exists(),
        "preview": preview(kind, words if form.errors or not form.is_bound else form.words),
    }
    return render(request, "notifications/admin/text.html", context, status=400 if form.errors else 200)


def mail_oneself(request: HttpRequest, kind: MailKind, words: Words) -> None:
    """Also words that are not saved yet."""
    if not request.user.email:
        messages.error(request, _("Your account has no address to send the test to."))
        return
    rendered = preview(kind, words)
    send_test(
        kind=kind,
        rendered=rendered,
        to=request.user.email,
        purpose=f"test:{kind.key}:{uuid.uuid4().hex}",
        subject=_("Test: %(subject)s") % {"subject": rendered.subject},
    )
    sentence = _("A test is on its way to %(address)s. Nothing is saved by it.")
    messages.success(request, sentence % {"address": request.user.email})


@may_edit
@require_POST
def preview_text(request: HttpRequest, key: str) -> JsonResponse:
    """What the mail looks like with the words as they are typed."""
    kind = get_kind_or_404(key)
    form = TextForm(request.POST, kind=kind)
    if not form.is_valid():
        problems = [f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]
        return JsonResponse({"problems": problems}, status=400)
    rendered = preview(kind, form.words)
    return JsonResponse({"subject": rendered.subject, "text": rendered.text, "html": rendered.html})


@may_edit
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    kind = get_kind_or_404(key)
    reset_text(kind=kind)
    messages.success(request, _("The words are those that came with the shop again."))
    return redirect("mail_text", key)


def preview(kind: MailKind, words: Words) -> RenderedMail:
    sample = import_string(kind.sample)(kind)
    return render_mail(kind, values=sample.values, context=sample.context, words=words)


def get_kind_or_404(key: str) -> MailKind:
    kind = list_kinds().get(key)
    if kind is None:
        raise Http404
    return kind
