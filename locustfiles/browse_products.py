"""Shoppers who look around: lists, filters, details, carts. Needs a shop with products; orders nothing.

locust -f locustfiles/browse_products.py -u 10 -r 2 -t 60s --headless
"""

import os
import random

from locust import HttpUser, between, task


class BrowsingShopper(HttpUser):
    host = os.environ.get("HAAT_URL", f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}")
    wait_time = between(1, 3)

    def on_start(self) -> None:
        """Learn what there is to look at, and take a cart."""
        first_page = self.client.get("/store/products/?page_size=100").json()
        self.product_ids = [product["id"] for product in first_page["results"]]
        self.collection_ids = [row["id"] for row in self.client.get("/store/collections/").json()]
        self.cart_id = self.client.post("/store/carts/", json={}).json()["id"]

    @task(4)
    def list_a_collection(self) -> None:
        chosen = random.choice(self.collection_ids)
        self.client.get(f"/store/products/?collection_id={chosen}", name="/store/products/?collection_id=…")

    @task(4)
    def read_a_product(self) -> None:
        chosen = random.choice(self.product_ids)
        self.client.get(f"/store/products/{chosen}/", name="/store/products/…/")

    @task(2)
    def filter_by_price(self) -> None:
        lowest = random.randrange(100, 2000, 100)
        self.client.get(
            f"/store/products/?unit_price__gt={lowest}&ordering=unit_price",
            name="/store/products/?unit_price__gt=…",
        )

    @task(1)
    def search(self) -> None:
        word = random.choice(("cotton", "brass", "tea", "leather", "blue"))
        self.client.get(f"/store/products/?search={word}", name="/store/products/?search=…")

    @task(2)
    def add_to_cart(self) -> None:
        body = {"product_id": random.choice(self.product_ids), "quantity": random.randint(1, 3)}
        self.client.post(f"/store/carts/{self.cart_id}/items/", json=body, name="/store/carts/…/items/")

    @task(2)
    def look_at_pages(self) -> None:
        self.client.get("/")
        chosen = random.choice(self.product_ids)
        self.client.get(f"/p/{chosen}/", name="/p/…/ (product page)")
