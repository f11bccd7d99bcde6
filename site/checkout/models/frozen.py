"""Rows that are written once: documents that were handed out, and what they are made of."""

from typing import NoReturn

from django.db import models


class RowIsFrozen(Exception):
    """The row was handed out as it is: it is neither changed nor deleted. A mistake is answered by a new document."""


def refuse(model: type[models.Model]) -> NoReturn:
    raise RowIsFrozen(f"A row of {model.__name__} is neither changed nor deleted.")


class FrozenQuerySet(models.QuerySet):
    """Refuses what would change or delete rows without asking them."""

    def update(self, **kwargs) -> NoReturn:
        refuse(self.model)

    def delete(self) -> NoReturn:
        refuse(self.model)

    def bulk_update(self, objs, fields, batch_size=None) -> NoReturn:
        refuse(self.model)


class FrozenModel(models.Model):
    """Saved once, on insert."""

    objects = FrozenQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows never change.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            refuse(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        refuse(type(self))
