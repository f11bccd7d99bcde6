"""What Wagtail's first page says of the checkout."""

from typing import Any

from wagtail.admin.ui.components import Component

from checkout.models import Concern, ReturnRequest

SHOWN = 5


class WaitingPanel(Component):
    """What waits for staff: concerns and returns; nothing where nothing waits or the reader may not see it."""

    name = "waiting"
    template_name = "checkout/admin/waiting_panel.html"
    order = 50

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        concerns = (
            Concern.objects.open() if user.has_perm("checkout.view_concern") else Concern.objects.none()
        )
        returns = ReturnRequest.objects.unanswered()
        if not user.has_perm("checkout.view_returnrequest"):
            returns = returns.none()
        return {
            "concerns": concerns[:SHOWN],
            "concerns_count": concerns.count(),
            "returns_count": returns.count(),
        }
