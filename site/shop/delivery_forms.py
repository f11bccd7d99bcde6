"""Forms of delivery zones and charges in the admin: what must hold between their fields and rows."""

import re

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.enums import IndianState
from shop.enums import RateKind

COUNTRIES = frozenset(code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code))


class CountryCodes(forms.CharField):
    """Two-letter codes with commas between them, as a list."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        codes = (value or "").replace(",", " ").upper().split()
        wrong = [code for code in codes if code not in COUNTRIES]
        if wrong:
            raise ValidationError(
                _("“%(code)s” is no country code. India is IN.") % {"code": wrong[0].lower()}
            )
        return sorted(set(codes))

    def has_changed(self, initial, data) -> bool:
        return self.to_python(data) != (initial or [])


class ZoneForm(WagtailAdminModelForm):
    states = forms.MultipleChoiceField(
        label=gettext_lazy("States"),
        choices=IndianState.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whole states and union territories, except PIN ranges of other zones."),
    )
    countries = CountryCodes(
        label=gettext_lazy("Countries"),
        required=False,
        help_text=gettext_lazy(
            "Two-letter codes with commas between them. IN means all of India that no other zone names."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        names_something = cleaned.get("states") or cleaned.get("countries") or self.count_ranges()
        if not names_something and not {"states", "countries"} & set(self.errors):
            self.add_error(None, _("Name at least one PIN range, state or country that belongs to the zone."))
        return cleaned

    def count_ranges(self) -> int:
        return len(list_rows(self.formsets.get("pin_ranges")))


class RateForm(WagtailAdminModelForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in (RateKind.BY_VALUE, RateKind.BY_WEIGHT):
            self.check_bands(list_rows(self.formsets.get("bands")))
        return cleaned

    def check_bands(self, rows: list[dict]) -> None:
        starts = [row["starts_from"] for row in rows if row.get("starts_from") is not None]
        if 0 not in starts:
            # Below the first band nothing would be charged.
            self.add_error(
                None, _("Add bands; the first one starts from 0, so that no parcel falls below it.")
            )


def list_rows(formset) -> list[dict]:
    """The rows that stay, as far as they could be read."""
    if formset is None:
        return []
    formset.is_valid()
    read = [getattr(form, "cleaned_data", {}) for form in formset.forms]
    return [row for row in read if row and not row.get("DELETE")]
