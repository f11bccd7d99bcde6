"""What of a report somebody wants to see."""

from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.enums import IndianState
from reports.catalogue import Report
from reports.enums import Grain
from reports.periods import DAY, Period
from reports.presets import DEFAULT_PRESET, PRESETS, resolve_period
from reports.questions import Filters, Question
from shop.models import Collection, Tag

LONGEST_PERIOD = 5 * 366 * DAY
CUSTOM = "custom"


class QuestionForm(forms.Form):
    """The filters of a report, in its address: a link keeps them. What is missing has a default."""

    period = forms.ChoiceField(
        label=_("Period"), choices=[*PRESETS.items(), (CUSTOM, _("From … to …"))], required=False
    )
    first = forms.DateField(label=_("From"), required=False, widget=AdminDateInput())
    last = forms.DateField(label=_("To"), required=False, widget=AdminDateInput())
    grain = forms.ChoiceField(label=_("Steps"), choices=Grain.choices, required=False)
    collection = forms.ModelChoiceField(
        Collection.objects.order_by("title"), label=_("Collection"), required=False, empty_label=_("All")
    )
    tag = forms.ModelChoiceField(
        Tag.objects.order_by("name"), label=_("Tag"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *IndianState.choices], required=False
    )

    def __init__(self, data, *, report: Report, **kwargs) -> None:
        super().__init__(data, **kwargs)
        if not report.has_steps:
            del self.fields["grain"]
        for name in {"collection", "tag", "state"} - report.filters:
            del self.fields[name]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("period") == CUSTOM and not self.errors:
            self.check_dates(cleaned)
        return cleaned

    def check_dates(self, cleaned: dict) -> None:
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is None or last is None:
            self.add_error("first", _("Choose both days."))
        elif last < first:
            self.add_error("last", _("Choose a last day that is not before the first."))
        elif last - first > LONGEST_PERIOD:
            self.add_error("first", _("Choose five years at most."))

    def ask(self, *, now: datetime) -> Question:
        """The question of a valid form; of another, the one without its bad answers."""
        cleaned = self.cleaned_data
        collection, tag = cleaned.get("collection"), cleaned.get("tag")
        return Question(
            period=self.find_period(today=timezone.localtime(now).date()),
            now=now,
            grain=Grain(cleaned.get("grain") or Grain.DAY),
            filters=Filters(
                collection_id=collection.pk if collection else None,
                tag_id=tag.pk if tag else None,
                state=cleaned.get("state") or None,
            ),
        )

    def find_period(self, *, today: date) -> Period:
        preset = self.cleaned_data.get("period") or DEFAULT_PRESET
        if preset != CUSTOM:
            return resolve_period(preset, today=today)
        if self.errors:
            return resolve_period(DEFAULT_PRESET, today=today)
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
