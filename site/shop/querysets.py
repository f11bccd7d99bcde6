"""Filters on what is sold; they read as English."""

import re

from django.db import models
from django.db.models import Count, F, Q


class CollectionQuerySet(models.QuerySet):
    def with_products_count(self):
        """Counts the products that shoppers see in lists: live leads."""
        shown = Q(products__is_live=True, products__variant_of=None)
        return self.annotate(products_count=Count("products", filter=shown))


class ProductQuerySet(models.QuerySet):
    def live(self):
        """Sold to shoppers: its page (or its lead's page) is live and it has a price."""
        return self.filter(is_live=True)

    def leads(self):
        """What lists show: products that are not a size or colour of another."""
        return self.filter(variant_of=None)

    def in_stock(self):
        return self.filter(inventory__gt=0)

    def low_in_stock(self):
        return self.filter(inventory__gt=0, inventory__lte=F("low_stock_threshold"))

    def tagged(self, slug: str):
        return self.filter(tags__slug=slug)

    def search(self, text: str):
        """Every word begins a word of the title or the description, whatever the case."""
        found = self
        for word in text.split():
            pattern = rf"\b{re.escape(word)}" if word[0].isalnum() else re.escape(word)
            found = found.filter(Q(title__iregex=pattern) | Q(description__iregex=pattern))
        return found


class ReviewQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(is_approved=True)
