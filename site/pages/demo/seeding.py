"""Makes the demo shop in the database, step by step; a step that is done is never done again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.core.management import call_command
from django.db.models.signals import post_delete, post_save
from modelsearch import index
from modelsearch.signal_handlers import (
    post_delete_signal_handler,
    post_save_signal_handler,
    register_signal_handlers,
)
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.demo.catalogue import generate_products
from pages.demo.coupons import seed_coupons
from pages.demo.delivery import seed_delivery
from pages.demo.history import seed_admin, seed_customers, seed_orders
from pages.demo.sales import seed_sales
from pages.demo.shelves import seed_collections, seed_products, seed_reviews, seed_variants
from pages.demo.specimens import DemoProduct
from pages.demo.staff import seed_staff
from pages.demo.storefront import seed_home, seed_pages
from pages.demo.synonyms import seed_synonyms
from pages.demo.taxes import seed_taxes
from pages.models import DemoStep


class Progress(Protocol):
    def track(self, label: str, items, total: int) -> Iterator: ...


@dataclass(frozen=True)
class Plan:
    """What is to be made, and where progress is shown."""

    products: tuple[DemoProduct, ...]
    progress: Progress


STEPS: dict[str, Callable[[Plan], None]] = {
    "home": seed_home,
    "collections": seed_collections,
    "products": seed_products,
    "variants": seed_variants,
    "reviews": seed_reviews,
    "pages": seed_pages,
    "customers": seed_customers,
    "sales": seed_sales,
    "coupons": seed_coupons,
    "delivery": seed_delivery,
    "taxes": seed_taxes,
    "synonyms": seed_synonyms,
    "orders": seed_orders,
    "admin": seed_admin,
    "staff": seed_staff,
    "search": lambda plan: call_command("update_index", verbosity=0),
}


def make_demo_shop(*, products_wanted: int, progress: Progress) -> bool:
    """Do the steps that are not done yet. Returns whether there were any."""
    done = set(DemoStep.objects.values_list("name", flat=True))
    if done >= set(STEPS):
        return False
    plan = Plan(products=choose_products(products_wanted), progress=progress)
    with quiet_indexes():
        for name, step in STEPS.items():
            if name not in done:
                step(plan)
                DemoStep.objects.create(name=name)
    return True


def choose_products(wanted: int) -> tuple[DemoProduct, ...]:
    """All of them, or so many from every part of the catalogue, a quarter of them with choices."""
    products = generate_products()
    if wanted >= len(products):
        return products
    plain = [product for product in products if not product.variants]
    offered = [product for product in products if product.variants]
    few = min(wanted // 4, len(offered))
    chosen = {product.sku for product in (*spread(offered, few), *spread(plain, wanted - few))}
    return tuple(product for product in products if product.sku in chosen)


def spread(products: Sequence[DemoProduct], count: int) -> Sequence[DemoProduct]:
    """`count` of them at even distances."""
    return [products[number * len(products) // count] for number in range(count)]


@contextmanager
def quiet_indexes() -> Iterator[None]:
    """Let the search index rest while thousands of rows are written; the last step builds it once."""
    for model in index.get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_delete.disconnect(post_delete_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        register_signal_handlers()
