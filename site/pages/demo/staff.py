"""Two who work in the demo shop: one of each group."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Site

from accounts.models import User
from database.transactions import entry_service
from pages.demo.history import ADMIN_PASSWORD
from pages.staff_groups import EDITORS, MANAGERS, set_up_groups

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

STAFF = (("editor", "Meera", "Iyer", EDITORS), ("manager", "Vikram", "Nair", MANAGERS))


def seed_staff(plan: "Plan") -> None:
    """The groups everywhere; people with the well-known password only where a demo shop is allowed at all."""
    set_up_groups(home=Site.objects.get(is_default_site=True).root_page)
    if settings.DEMO_DATA_ALLOWED:
        add_staff()


@entry_service
def add_staff() -> None:
    for username, first_name, last_name, group in STAFF:
        if not User.objects.filter(username=username).exists():
            user = User.objects.create_user(
                username=username,
                email=f"{username}@example.com",
                password=ADMIN_PASSWORD,
                first_name=first_name,
                last_name=last_name,
            )
            user.groups.add(Group.objects.get(name=group))
