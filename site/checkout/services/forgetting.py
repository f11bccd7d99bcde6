"""Deleting an account: what orders must keep is anonymised, the rest goes."""

from datetime import datetime

from accounts.models import User
from accounts.services.forgetting import FORGOTTEN_DOMAIN, forget_user
from checkout.enums import OrderStatus
from checkout.models import Cart, CartItem, CouponUse, Order
from database.transactions import entry_service
from notifications.services.outbox import forget_recipient
from shop.services.likes import forget_likes
from shop.services.reviews import forget_author
from shop.services.stock_watch import forget_watches

# An order keeps what was sold, for how much, into which state. Its invoice keeps the buyer too, as it was handed
# out: tax law asks for that for 72 months (CGST Act, section 36).
FORGOTTEN_COLUMNS = ("name", "phone", "line1", "line2", "city", "postal_code", "company", "gstin", "note")
ENDED_STATUSES = (OrderStatus.COMPLETED, OrderStatus.EXPIRED, OrderStatus.CANCELLED)
ANONYMISED_AT_ONCE = 200


@entry_service
def delete_account(*, user: User, now: datetime) -> None:
    """Forget a user at once; an order that is still on its way keeps its address until it has arrived."""
    email = user.email
    CartItem.objects.filter(cart__customer__user=user).delete()
    Cart.objects.filter(customer__user=user).delete()
    forget_likes(user_id=user.pk)
    forget_author(user_id=user.pk)
    forget_user(user=user, now=now)
    # Before consents lose the address by which the wishes are found.
    forget_watches(address=email)
    forget_recipient(email=email, replacement=user.email)
    anonymise(list(find_orders_to_anonymise().filter(customer__user=user).values_list("pk", flat=True)))


def find_orders_to_anonymise():
    """Ended orders of deleted accounts that still name somebody."""
    ended = Order.objects.filter(status__in=ENDED_STATUSES, customer__user__deleted_at__isnull=False)
    return ended.exclude(email__endswith=f"@{FORGOTTEN_DOMAIN}")


def anonymise(order_ids: list[int]) -> int:
    CouponUse.objects.filter(order__in=order_ids).update(first_of_email=None)
    blank = dict.fromkeys(FORGOTTEN_COLUMNS, "")
    return Order.objects.filter(pk__in=order_ids).update(email=f"order@{FORGOTTEN_DOMAIN}", **blank)


def anonymise_orders_of_deleted_accounts() -> int:
    """Orders that ended after their account was deleted. Returns how many."""
    count = 0
    while done := anonymise_some_orders():
        count += done
    return count


@entry_service
def anonymise_some_orders() -> int:
    return anonymise(list(find_orders_to_anonymise().values_list("pk", flat=True)[:ANONYMISED_AT_ONCE]))
