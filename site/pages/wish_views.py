"""Likes, reviews and waiting lists of products: private answers beside the public product page."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkout.origins import same_origin_required
from pages.cards import find_cards
from pages.form_views import FormThrottle
from pages.own_reviews import save_review, start_review_form
from pages.wish_forms import WATCH_WORDING, WatchForm
from shop.models import Product
from shop.selectors import list_liked
from shop.services.likes import like_product, unlike_product
from shop.services.stock_watch import InStock, NotWatchable, watch_stock


def find_live_product(product_id: int) -> Product:
    product = Product.objects.live().filter(pk=product_id).first()
    if product is None:
        raise Http404("No product has this number.")
    return product


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@require_POST
@never_cache
@same_origin_required
def change_like(request: HttpRequest, product_id: int) -> HttpResponse:
    """Like a product, or no longer: `liked` says which. Who is not signed in does that first."""
    product = find_live_product(product_id)
    back = reverse("product", args=[product.pk])
    if not request.user.is_authenticated:
        if wants_json(request):
            return JsonResponse({"sign_in": f"{reverse('account_login')}?next={back}"}, status=401)
        return redirect_to_login(back)
    liked = request.POST.get("liked") != "false"
    change = like_product if liked else unlike_product
    change(product_id=product.pk, user=request.user)
    return JsonResponse({"liked": liked}) if wants_json(request) else redirect("likes")


@require_safe
@never_cache
@login_required
def show_likes(request: HttpRequest) -> HttpResponse:
    """What the customer likes and is for sale, newest like first."""
    liked = list_liked(user=request.user)
    leads = dict(Product.objects.filter(pk__in=liked).values_list("pk", Coalesce("variant_of", "pk")))
    wanted = dict.fromkeys(leads[pk] for pk in liked if pk in leads)
    shown = Product.objects.live().in_bulk(wanted)
    products = [shown[pk] for pk in wanted if pk in shown]
    return render(request, "pages/likes.html", {"cards": find_cards(products, request=request)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def review_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """Write a review, or change one's own."""
    product = find_live_product(product_id)
    form = start_review_form(product, request.user, request.POST if request.method == "POST" else None)
    review = None
    if form.is_valid():
        review = save_review(product, request.user, form.cleaned_data)
    context = {"product": product, "form": form, "review": review}
    return render(request, "pages/write_review.html", context, status=400 if form.errors else 200)


@require_POST
@never_cache
@same_origin_required
def watch_product(request: HttpRequest) -> HttpResponse:
    """Put an address on the waiting list of a product; a page's script asks for JSON."""
    form = WatchForm(request.POST)
    problem = ""
    if form.is_valid() and not FormThrottle().allow_request(request, None):
        problem = _("These were many requests. Please wait a minute and try again.")
    elif form.is_valid():
        problem = try_to_watch(form)
    if form.errors:
        problem = next(iter(form.errors.values()))[0]
    if wants_json(request):
        return JsonResponse(
            {"error": problem} if problem else {"message": thank()}, status=400 if problem else 201
        )
    product = Product.objects.live().filter(pk=form.cleaned_data.get("product_id")).first()
    context = {"form": form, "problem": problem, "product": product, "message": "" if problem else thank()}
    return render(request, "pages/stock_watch.html", context, status=400 if problem else 201)


def try_to_watch(form: WatchForm) -> str:
    """A sentence where it did not work."""
    try:
        watch_stock(
            product_id=form.cleaned_data["product_id"],
            email=form.cleaned_data["email"],
            source=reverse("product", args=[form.cleaned_data["product_id"]]),
            wording=str(WATCH_WORDING),
        )
    except (InStock, NotWatchable) as error:
        return str(error)
    return ""


def thank() -> str:
    return _("Thank you. We will write to you once, when it is back.")
