"""What goes into the pipeline: so many of a product, with all that a rule may ask about it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """So many of a product at its typed price. `tax_rate` is its tax class's own, or None for the shop's.

    `lead_id` is the product whose page shows it: a rule that names the lead means its variants too.
    """

    product_id: int
    quantity: int
    typed_price: Decimal
    tax_rate: Decimal | None = None
    lead_id: int | None = None
    collection_id: int | None = None
    tag_ids: frozenset[int] = frozenset()
    weight_grams: int = 0


@dataclass(frozen=True)
class Targets:
    """Which lines a rule is about: any of these products, collections or tags; none named means all.

    `none_means_all` is False for a rule that named some which are gone: then it is about nothing.
    """

    product_ids: frozenset[int] = frozenset()
    collection_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    none_means_all: bool = True

    @property
    def is_everything(self) -> bool:
        return self.none_means_all and not (self.product_ids or self.collection_ids or self.tag_ids)

    def include(self, line: Line) -> bool:
        return (
            self.is_everything
            or line.product_id in self.product_ids
            or line.lead_id in self.product_ids
            or line.collection_id in self.collection_ids
            or not self.tag_ids.isdisjoint(line.tag_ids)
        )


EVERYTHING = Targets()
