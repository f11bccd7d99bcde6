"""The account of a signed-in customer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.forms import ProfileForm
from accounts.services.users import ensure_customer, update_profile


@login_required
@never_cache
def edit_profile(request: HttpRequest) -> HttpResponse:
    customer = ensure_customer(user=request.user)
    form = ProfileForm(request.POST or None, instance=request.user, customer=customer)
    if request.method == "POST" and form.is_valid():
        update_profile(user=request.user, customer=customer, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})
