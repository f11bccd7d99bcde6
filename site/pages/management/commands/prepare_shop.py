"""Opens a shop without demo data."""

from django.core.management.base import BaseCommand

from accounts.models import User
from pages.services.new_shop import prepare_shop


class Command(BaseCommand):
    help = "Open an empty shop: its home page, and groups for its staff. Safe to repeat."

    def handle(self, *args, **options) -> None:
        prepare_shop()
        self.stdout.write("The shop is open. /admin/ lists the first steps.")
        if not User.objects.filter(is_superuser=True).exists():
            self.stdout.write("Make your account: manage.py createsuperuser (with the same DATA_DIR).")
