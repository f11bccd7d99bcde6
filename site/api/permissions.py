"""Who may do what."""

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class IsStaffOrReadOnly(BasePermission):
    """Anyone reads; staff write."""

    def has_permission(self, request: Request, view) -> bool:
        return request.method in SAFE_METHODS or request.user.is_staff


class MayViewHistory(BasePermission):
    """Staff who were given the right to see what a customer has ordered."""

    def has_permission(self, request: Request, view) -> bool:
        return request.user.has_perm("checkout.view_history")


class IsAuthorOrStaff(BasePermission):
    """Anyone reads; staff and the one who wrote it, signed in, change it."""

    def has_permission(self, request: Request, view) -> bool:
        return request.method in SAFE_METHODS or request.user.is_authenticated

    def has_object_permission(self, request: Request, view, review) -> bool:
        return request.method in SAFE_METHODS or request.user.is_staff or review.author_id == request.user.pk


class MayRefund(BasePermission):
    """Staff who were given the right to send money back. Methods that are none say 405."""

    def has_permission(self, request: Request, view) -> bool:
        user = request.user
        return request.method != "POST" or (user.is_staff and user.has_perm("checkout.refund_payment"))


class MayPay(BasePermission):
    """Somebody signed in, or a guest whose body carries the order's own token. Methods that are none say 405."""

    def has_permission(self, request: Request, view) -> bool:
        return request.method != "POST" or request.user.is_authenticated or has_order_token(request)


def has_order_token(request: Request) -> bool:
    return isinstance(request.data, dict) and bool(request.data.get("order_token"))
