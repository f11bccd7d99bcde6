"""The link in the mail about a full cart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkout.mail_content import read_cart_token
from checkout.models import Cart
from checkout.visitors import adopt_cart


@require_safe
@never_cache
def restore(request: HttpRequest, token: str) -> HttpResponse:
    """Bring the cart back. A customer's own shows once they are signed in; the link alone opens no account."""
    cart_id = read_cart_token(token)
    cart = Cart.objects.filter(pk=cart_id).first() if cart_id else None
    if cart is None:
        messages.info(request, _("This cart is not there any more: it was ordered, or is too old."))
    elif cart.customer_id is None:
        adopt_cart(request, cart)
    elif not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={reverse('cart')}")
    return redirect("cart")
