"""Makes the demo shop, in steps that can be stopped anywhere and repeated."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.demo.seeding import make_demo_shop
from pages.management.progress import ProgressBar

MOST_PRODUCTS = 1000


class Command(BaseCommand):
    help = "Make the demo shop: collections, products with pictures, pages, customers and past orders."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--products", type=int, default=settings.DEMO_PRODUCTS, help="how many lead products"
        )

    def handle(self, *args, products: int, **options) -> None:
        if not settings.DEMO_DATA_ALLOWED:
            raise CommandError(
                "The demo shop has a well-known password: it is made with DEBUG or demo settings only."
            )
        if not 1 <= products <= MOST_PRODUCTS:
            raise CommandError(f"--products takes 1 to {MOST_PRODUCTS}.")
        made = make_demo_shop(products_wanted=products, progress=ProgressBar(self.stdout))
        self.stdout.write("The demo shop is ready." if made else "The demo shop is already there.")
