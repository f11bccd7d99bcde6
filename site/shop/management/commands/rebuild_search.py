"""Writes the words by which products are found anew."""

from django.core.management.base import BaseCommand

from shop.services.search_index import rebuild_index


class Command(BaseCommand):
    help = "Index all products for search anew, in short transactions; the shop stays usable."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{rebuild_index()} products indexed.")
