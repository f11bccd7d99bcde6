from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Site

from pages.staff_groups import GROUPS, set_up_groups


class Command(BaseCommand):
    help = (
        "Make the groups of staff with their permissions, and the workflow of policies; takes nothing away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_groups(home=Site.objects.get(is_default_site=True).root_page)
        self.stdout.write(self.style.SUCCESS(f"{', '.join(GROUPS)}: ready. Add people to them in the admin."))
