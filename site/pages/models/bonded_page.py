from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page


class AliasRefused(ValidationError):
    """An alias would be a second page of the same product or collection."""

    def __init__(self) -> None:
        super().__init__(_("A product or a collection has one page: copy it instead of making an alias."))


class CopyWithoutAliasForm(CopyForm):
    """The copy form without its checkbox for an alias, which `BondedPage` would refuse."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)


class BondedPage(Page):
    """A page that stands beside a row of what is sold, its counterpart: one transaction writes both.

    `bond` names the one-to-one field. The bond is a fact, not content: no revision holds it, so a copied,
    reverted or scheduled revision cannot lead to another row.
    """

    bond: str
    copy_form_class = CopyWithoutAliasForm

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Insert the counterpart with the page, later let it say what the page says. Raises `AliasRefused`."""
        is_new = self._state.adding
        if is_new and self.alias_of_id:
            raise AliasRefused
        with transaction.atomic():
            if is_new:
                self._set_core_field_defaults()  # the slug, which Wagtail derives only while it saves
                self.add_counterpart()
            super().save(*args, **kwargs)
            # A list of fields means Wagtail's bookkeeping (draft title, latest revision), not publishing.
            if not is_new and kwargs.get("update_fields") is None:
                self.update_counterpart()

    def add_counterpart(self) -> None:
        raise NotImplementedError

    def update_counterpart(self) -> None:
        raise NotImplementedError

    @property
    def speaks_for_itself(self) -> bool:
        """Whether this is what shoppers may read: published, or never published and thus nowhere shown.

        While a page that was public is taken off, its row may hold a draft that nobody should see.
        """
        return self.live or self.first_published_at is None

    def serializable_data(self):
        return without(self.bond, super().serializable_data())

    def with_content_json(self, content):
        page = super().with_content_json(without(self.bond, content))
        setattr(page, f"{self.bond}_id", getattr(self, f"{self.bond}_id"))
        return page


def without(name: str, data: dict) -> dict:
    return {key: value for key, value in data.items() if key != name}
