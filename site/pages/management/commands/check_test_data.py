"""Tells what is in the shop's database, and whether it is enough to browse, buy and load."""

import sys

from django.core.management.base import BaseCommand

from checkout.models import Order
from pages.models import LandingPage
from shop.models import Collection, Product, Review

WANTED = {
    "collections": (Collection.objects, 10),
    "products on sale": (Product.objects.live().leads(), 1000),
    "products in stock": (Product.objects.live().in_stock(), 900),
    "variants": (Product.objects.live().exclude(variant_of=None), 100),
    "products with a picture": (Product.objects.leads().filter(images__position=0), 1000),
    "reviews": (Review.objects.approved(), 300),
    "orders": (Order.objects, 150),
    "landing pages": (LandingPage.objects.live(), 2),
}


class Command(BaseCommand):
    help = "Count the demo data. Exit 1 when something is missing."

    def handle(self, *args, **options) -> None:
        is_short = False
        for name, (rows, wanted) in WANTED.items():
            count = rows.count()
            is_short = is_short or count < wanted
            mark = "ok" if count >= wanted else f"missing {wanted - count}: run manage.py seed_db"
            self.stdout.write(f"{name:<26} {count:>6}  {mark}")
        if is_short:
            sys.exit(1)
