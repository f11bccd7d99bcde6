"""Makes plain products in any number, for load tests and for trying things out."""

from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError

from pages.management.progress import ProgressBar
from pages.services.collections import create_collection
from pages.services.products import ProductContent, create_product
from shop.models import Collection
from shop.services.products import ProductFacts

COLLECTION = "Test products"


class Command(BaseCommand):
    help = "Make a number of plain products in a collection of their own."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--products", type=int, default=20, help="how many to add (20)")
        parser.add_argument("--inventory", type=int, default=100, help="stock of each (100)")

    def handle(self, *args, products: int, inventory: int, **options) -> None:
        if products < 1 or inventory < 0:
            raise CommandError("--products takes 1 or more, --inventory 0 or more.")
        collection = Collection.objects.filter(title=COLLECTION).first() or create_collection(
            title=COLLECTION
        )
        first = collection.products.count() + 1
        numbers = range(first, first + products)
        for number in ProgressBar(self.stdout).track("Products", numbers, products):
            create_product(
                content=ProductContent(title=f"Test product {number}", description="For trying things out."),
                facts=ProductFacts(unit_price=Decimal(100 + number % 900), inventory=inventory),
                collection_id=collection.pk,
            )
