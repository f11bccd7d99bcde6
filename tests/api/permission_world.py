"""What the permission table is about: the callers, the things they ask for, and a body that is good enough.

Whoever asks, the things are the same: customer A's. A guest is nobody who knows an order's token.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import Customer, User
from api.serializers.tokens import make_refresh
from checkout.selectors.orders import make_order_token
from pages.headless.drafts import sign_draft
from shop.models import Like, ProductImage, Review
from tests.api.routes import Route
from tests.api.wire import Api, make_access
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_collection, make_picture, make_product
from tests.factories.orders import ADDRESS, make_order, make_paid_order
from tests.factories.users import PASSWORD, make_address, make_admin, make_customer, make_staff, make_user

CALLERS = (
    "anonymous",
    "customer_a",
    "customer_b",
    "guest",
    "editor",
    "manager",
    "staff",
    "superuser",
    "inactive",
    "expired",
)
FORGED_TOKEN = "forged.token"


@dataclass(frozen=True)
class World:
    callers: dict[str, Api]
    ids: dict[str, Any]
    order_token: str


def make_world() -> World:
    customer = make_customer(username="asha")
    return World(callers=make_callers(customer), **make_things(customer))


def make_callers(customer: Customer) -> dict[str, Api]:
    users = {
        "customer_a": customer.user,
        "customer_b": make_customer(username="ravi").user,
        "editor": make_editor(),
        "manager": make_manager(),
        "staff": make_staff(username="meera"),
        "superuser": make_admin(username="admin"),
        "inactive": make_customer(username="gone").user,
    }
    apis = {name: Api(token=make_access(user)) for name, user in users.items()}
    User.objects.filter(username="gone").update(is_active=False)
    expired = Api(token=make_expired_access(customer.user))
    return {"anonymous": Api(), "guest": Api(), "expired": expired, **apis}


def make_editor() -> User:
    """Composes pages in the Wagtail admin; staff of the API they are not."""
    user = make_user(username="editor")
    user.groups.add(Group.objects.get_or_create(name="Editors")[0])
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def make_manager() -> User:
    """Runs the shop: staff who may see what a customer has ordered, and give money back."""
    user = make_staff(username="manager")
    user.user_permissions.add(*Permission.objects.filter(codename__in=("view_history", "refund_payment")))
    return user


def make_expired_access(user: User) -> str:
    token = AccessToken(make_access(user))
    token.set_exp(from_time=timezone.now() - timedelta(days=2))
    return str(token)


def make_things(customer: Customer) -> dict[str, Any]:
    product = make_product(inventory=50)
    image = ProductImage.objects.create(product=product, picture=make_picture(), position=0)
    review = Review.objects.create(
        product=product, author=customer.user, name="Asha", description="Fine", rating=5
    )
    Like.objects.create(user=customer.user, product=product)
    order = make_order((product, 1), customer=customer)
    paid_order, guest_order = make_paid_order((product, 1), customer=customer), make_order((product, 1))
    cart = make_cart((product, 2), customer=customer)
    ids = {
        "product_id": product.pk,
        "image_id": image.pk,
        "review_id": review.pk,
        "cart_id": cart.pk,
        "item_id": cart.items.get().pk,
        "order_id": order.pk,
        "unowned_cart_id": make_cart((product, 1)).pk,
        "new_user_id": make_user(username="new").pk,
        "api-product-detail.pk": make_product().pk,  # in no order, so it can be deleted
        "api-collection-detail.pk": make_collection().pk,
        "api-customer.pk": customer.pk,
        "api-history.pk": customer.pk,
        "api-refunds.order_id": paid_order.pk,
        "api-invoice.order_id": paid_order.pk,
        "wagtailapi:pages:detail.pk": product.page.pk,
        "api-draft.token": sign_draft(product.page),
        "wagtailapi:images:detail.pk": image.picture_id,
        "wagtailapi:documents:detail.pk": 999_999,
        "api-address.pk": make_address(customer).pk,
    }
    return {"ids": ids | make_keys(customer.user), "order_token": make_order_token(guest_order)}


def make_keys(user: User) -> dict[str, str]:
    """What opens customer A's account without being sent as the caller's token."""
    link = {"uid": user_pk_to_url_str(user), "token": default_token_generator.make_token(user)}
    return {"refresh": str(make_refresh(user)), **{f"link_{name}": value for name, value in link.items()}}


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what the request did. Marked as Django marks a test's own, since services want to be outermost."""
    outermost = transaction.atomic()
    outermost._from_testcase = True
    with outermost:
        yield
        transaction.set_rollback(True)


def find_path(route: Route, world: World, caller: str) -> str:
    """The route's address for customer A's things; only the guest knows a guest's token."""
    if route.name in OTHER_PATHS:
        return OTHER_PATHS[route.name]
    ids = {**world.ids, "token": world.order_token if caller == "guest" else FORGED_TOKEN}
    values = {name: ids.get(f"{route.name}.{name}", ids.get(name)) for name in route.parameters}
    return reverse(route.name, kwargs=values)


OTHER_PATHS = {"api-nothing": "/store/nothing/"}


def make_body(route: Route, method: str, world: World, caller: str) -> dict[str, Any]:
    """A body that reaches the effect, where the route has one; else an empty one."""
    body = BODIES.get((route.name, method), {})
    body = body(world.ids) if callable(body) else dict(body)
    if caller == "guest" and route.name in ("api-open-payment", "api-verify-payment"):
        body["order_token"] = world.order_token
    return body


Body = dict[str, Any] | Callable[[dict[str, Any]], dict[str, Any]]
PRODUCT = {"title": "Lamp", "unit_price": 10, "inventory": 1}
REVIEW = {"name": "Asha", "description": "Fine", "rating": 5}
CREDENTIALS = {"username": "asha", "password": PASSWORD}
NEW_USER = {"username": "kiran", "email": "kiran@example.com", "password": PASSWORD}
PROFILE = {"phone": "+919876543210"}
PAYMENT = {"razorpay_order_id": "order_x", "razorpay_payment_id": "pay_x", "razorpay_signature": "x"}

BODIES: dict[tuple[str, str], Body] = {
    ("api-users", "POST"): NEW_USER,
    ("api-me", "PUT"): lambda ids: {"email": "changed@example.com"},
    ("api-me", "PATCH"): {"first_name": "Usha"},
    ("api-me", "DELETE"): {"current_password": PASSWORD},
    ("api-set-password", "POST"): {"current_password": PASSWORD, "new_password": "another long phrase"},
    ("api-reset-password", "POST"): {"email": "asha@example.com"},
    ("api-confirm-reset", "POST"): lambda ids: {
        "uid": ids["link_uid"],
        "token": ids["link_token"],
        "new_password": "another long phrase",
    },
    ("api-jwt-create", "POST"): CREDENTIALS,
    ("api-jwt-refresh", "POST"): lambda ids: {"refresh": ids["refresh"]},
    ("api-jwt-verify", "POST"): lambda ids: {"token": ids["refresh"]},
    ("api-jwt-logout", "POST"): lambda ids: {"refresh": ids["refresh"]},
    ("api-product-list", "POST"): lambda ids: {**PRODUCT, "collection": ids["api-collection-detail.pk"]},
    ("api-product-detail", "PUT"): lambda ids: {**PRODUCT, "collection": ids["api-collection-detail.pk"]},
    ("api-product-detail", "PATCH"): {"unit_price": 11},
    ("api-collection-list", "POST"): {"title": "Lamps"},
    ("api-collection-detail", "PUT"): {"title": "Lamps"},
    ("api-collection-detail", "PATCH"): {"title": "Lamps"},
    ("api-reviews", "POST"): REVIEW,
    ("api-review", "PUT"): REVIEW,
    ("api-review", "PATCH"): {"rating": 4},
    ("api-merge-cart", "POST"): lambda ids: {"cart_id": str(ids["unowned_cart_id"])},
    ("api-cart-items", "POST"): lambda ids: {"product_id": ids["product_id"], "quantity": 1},
    ("api-quote", "POST"): {"address": {"state": "KA", "postal_code": "560038"}},
    ("api-cart-item", "PATCH"): {"quantity": 3},
    ("api-customers", "POST"): lambda ids: {**PROFILE, "user_id": ids["new_user_id"]},
    ("api-customer", "PUT"): PROFILE,
    ("api-customer", "PATCH"): PROFILE,
    ("api-my-customer", "PUT"): PROFILE,
    ("api-my-customer", "POST"): PROFILE,
    ("api-my-customer", "PATCH"): PROFILE,
    ("api-addresses", "POST"): ADDRESS,
    ("api-address", "PUT"): ADDRESS,
    ("api-address", "PATCH"): {"city": "Pune", "state": "MH"},
    ("api-orders", "POST"): lambda ids: {"cart_id": str(ids["cart_id"])},
    ("api-order", "PATCH"): {"payment_status": "C"},
    ("api-guest-orders", "POST"): lambda ids: {
        "cart_id": str(ids["unowned_cart_id"]),
        "email": "guest@example.com",
        "address": ADDRESS,
    },
    ("api-refunds", "POST"): {"reason": "Broken"},
    ("api-open-payment", "POST"): lambda ids: {"order_id": ids["order_id"]},
    ("api-verify-payment", "POST"): PAYMENT,
}
