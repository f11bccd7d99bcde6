"""What Wagtail's first page says of the shop."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from reports.dashboard import count_today, list_tasks
from reports.views import PERMISSION


class TodayPanel(Component):
    """Today's figures for those who may see reports, and to everybody what waits for them."""

    name = "today"
    template_name = "reports/today_panel.html"
    order = 40

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user, now = parent_context["request"].user, timezone.now()
        return {
            "figures": count_today(now) if user.has_perm(PERMISSION) else [],
            "tasks": list(list_tasks(user, now)),
        }
