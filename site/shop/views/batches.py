"""Batches of coupons in the admin: make one, look at it, change its rule, switch it, take its codes along."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.coupon_forms import BatchForm, BatchRuleForm
from shop.models import CouponBatch
from shop.services.coupons import LimitBelowUses, change_batch, create_batch, switch_batch


@permission_required("shop.view_coupon", raise_exception=True)
@require_safe
def list_batches(request: HttpRequest) -> HttpResponse:
    batches = CouponBatch.objects.annotate(
        count=Count("coupons"),
        active=Count("coupons", filter=Q(coupons__is_active=True)),
        used=Sum("coupons__used"),
    )
    return render(request, "shop/admin/batches.html", {"batches": batches})


@permission_required("shop.add_coupon", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def add_batch(request: HttpRequest) -> HttpResponse:
    form = BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch = create_batch(**form.describe_batch(), user=request.user)
        sentence = ngettext("%(count)s code is made.", "%(count)s codes are made.", batch.coupons.count())
        messages.success(request, sentence % {"count": batch.coupons.count()})
        return redirect("coupon_batch", batch.pk)
    return render(request, "shop/admin/add_batch.html", {"form": form}, status=400 if form.errors else 200)


@permission_required("shop.view_coupon", raise_exception=True)
@require_safe
def show_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch = get_object_or_404(CouponBatch, pk=batch_id)
    coupons = batch.coupons.order_by("code")
    context = {
        "batch": batch,
        "coupon": coupons.prefetch_related("products", "collections").first(),
        "coupons": coupons[:50],
        "count": coupons.count(),
        "active": coupons.filter(is_active=True).count(),
        "used": coupons.aggregate(used=Sum("used"))["used"] or 0,
    }
    return render(request, "shop/admin/batch.html", context)


@permission_required("shop.change_coupon", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The rule that all codes of the batch follow."""
    batch = get_object_or_404(CouponBatch, pk=batch_id)
    form = BatchRuleForm(request.POST or None, instance=batch.coupons.order_by("code").first())
    if request.method == "POST" and form.is_valid():
        try:
            count = change_batch(batch_id=batch.pk, **form.describe_change())
        except LimitBelowUses as error:
            form.add_error("uses_limit", str(error))
        else:
            sentence = ngettext(
                "%(count)s code follows the new rule.", "%(count)s codes follow the new rule.", count
            )
            messages.success(request, sentence % {"count": count})
            return redirect("coupon_batch", batch.pk)
    context = {"form": form, "batch": batch}
    return render(request, "shop/admin/edit_batch.html", context, status=400 if form.errors else 200)


@permission_required("shop.change_coupon", raise_exception=True)
@require_POST
def switch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Switch all codes of the batch on or off."""
    is_active = request.POST.get("is_active") == "1"
    changed = switch_batch(batch_id=get_object_or_404(CouponBatch, pk=batch_id).pk, is_active=is_active)
    sentence = _("%(count)s codes are switched on.") if is_active else _("%(count)s codes are switched off.")
    messages.success(request, sentence % {"count": changed})
    return redirect("coupon_batch", batch_id)


@permission_required("shop.view_coupon", raise_exception=True)
@never_cache
@require_safe
def download_codes(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The codes as CSV. They hold letters, digits and dashes inside only: no spreadsheet takes one for a formula."""
    batch = get_object_or_404(CouponBatch, pk=batch_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="coupons-{batch.pk}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    rows = csv.writer(response)
    rows.writerow(["code", "active", "used", "uses in all", "starts", "ends"])
    for coupon in batch.coupons.order_by("code").iterator():
        window = [at.isoformat() if at else "" for at in (coupon.starts_at, coupon.ends_at)]
        rows.writerow([coupon.code, int(coupon.is_active), coupon.used, coupon.uses_limit or "", *window])
    return response
