"""What somebody wants to know: a report's period, steps and filters."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from reports.enums import Grain
from reports.models import EVERYWHERE
from reports.periods import Period


@dataclass(frozen=True)
class Filters:
    """Products of a collection or with a tag, as they are today; orders to a state. None means all."""

    collection_id: int | None = None
    tag_id: int | None = None
    state: str | None = None

    @property
    def by_product(self) -> bool:
        return self.collection_id is not None or self.tag_id is not None

    @property
    def summary_state(self) -> str:
        return EVERYWHERE if self.state is None else self.state

    def of_products(self, path: str = "") -> Q:
        """The condition on products; `path` leads to them, for example "product__"."""
        found = Q()
        if self.collection_id is not None:
            found &= Q(**{f"{path}collection_id": self.collection_id})
        if self.tag_id is not None:
            found &= Q(**{f"{path}tags": self.tag_id})
        return found


@dataclass(frozen=True)
class Question:
    period: Period
    now: datetime
    grain: Grain = Grain.DAY
    filters: Filters = Filters()

    @property
    def before(self) -> "Question":
        """The same of the period before."""
        return replace(self, period=self.period.before)
