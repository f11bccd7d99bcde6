"""What a person keeps of the catalogue table: columns, and views under a name."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from accounts.models import User
from database.transactions import entry_service
from pages.models import CatalogueColumns, CatalogueView


def find_views(user: User) -> QuerySet[CatalogueView]:
    """One's own, and those that others share."""
    return CatalogueView.objects.filter(Q(owner=user) | Q(is_shared=True))


@entry_service
def keep_columns(*, user: User, columns: Sequence[str]) -> None:
    CatalogueColumns.objects.update_or_create(user=user, defaults={"columns": list(columns)})


@entry_service
def keep_view(
    *, owner: User, name: str, query: str, columns: Sequence[str], is_shared: bool
) -> CatalogueView:
    """A view of this name is replaced."""
    values = {"query": query, "columns": list(columns), "is_shared": is_shared}
    return CatalogueView.objects.update_or_create(owner=owner, name=name, defaults=values)[0]


@entry_service
def drop_view(*, owner: User, view_id: int) -> None:
    """Only one's own: a view that somebody shares stays theirs."""
    CatalogueView.objects.filter(owner=owner, pk=view_id).delete()
