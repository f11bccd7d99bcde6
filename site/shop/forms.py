"""Forms of the shop's admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm


class SaleForm(WagtailAdminModelForm):
    """A draft may be unfinished; what is published says what it is about."""

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        everything = cleaned.get("covers_everything")
        some = cleaned.get("collections") or cleaned.get("tags") or self.names_products
        if everything and some:
            raise ValidationError(
                _("Tick “everything in the shop” or name products, collections and tags, not both.")
            )
        if not everything and not some:
            raise ValidationError(
                _("Choose products, collections or tags, or tick “everything in the shop”.")
            )
        return cleaned

    @property
    def names_products(self) -> bool:
        """Whether a product is named; the rows are checked after the form itself."""
        rows = self.formsets["chosen"]
        return any(
            rows.data.get(form.add_prefix("product")) and not rows.data.get(form.add_prefix("DELETE"))
            for form in rows.forms
        )
