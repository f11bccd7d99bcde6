"""Which products an action is about: those ticked, or all that match the table's search and filters."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from pages.desk.filters import find_matching
from shop.models import Product


@dataclass(frozen=True)
class Selection:
    ids: tuple[int, ...] = ()
    everything: bool = False
    within: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "Selection":
        """Of the bulk bar's form, or of a form that carries it on."""
        ids = tuple(int(value) for value in data.getlist("chosen") if value.isdecimal())
        return cls(ids=ids, everything=data.get("all") == "1", within=data.get("within", ""))

    def find_products(self, request: HttpRequest) -> QuerySet:
        """Of the table without any choice, everything that it shows."""
        if self.ids and not self.everything:
            return Product.objects.filter(pk__in=self.ids).order_by("pk")
        return find_matching(self.within, request=request)

    @property
    def is_empty(self) -> bool:
        return not self.ids and not self.everything

    def find_only_collections(self) -> list[int]:
        """The collections, where the choice is all of them and nothing else narrows it."""
        query = QueryDict(self.within)
        narrowing = {name for name in query if name not in ("collection", "ordering", "kind") and query[name]}
        if not self.everything or narrowing:
            return []
        return [int(value) for value in query.getlist("collection") if value.isdecimal()]
