"""Policies bind the shop, so only those who approve them publish them; others send them for approval."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.models import Page, PagePermissionTester

APPROVE = "pages.approve_policypage"
KIND = "policypage"


class PolicyPermissionTester(PagePermissionTester):
    def can_publish(self) -> bool:
        return super().can_publish() and self.user.has_perm(APPROVE)

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self.user.has_perm(APPROVE)


def adds_policy(request: HttpRequest) -> bool:
    """Whether the editor is about to add one: Wagtail then asks the page above who may publish."""
    match = request.resolver_match
    return bool(match) and match.kwargs.get("content_type_model_name") == KIND


def hide_publishing(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Of the actions for a new policy."""
    if adds_policy(request) and not request.user.has_perm(APPROVE):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


def refuse_publishing(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """A new policy is not published past the hidden action either."""
    if request.POST.get("action-publish") and adds_policy(request) and not request.user.has_perm(APPROVE):
        raise PermissionDenied
