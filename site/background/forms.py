"""The form of a job: when it runs, and whether it does."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminTimeInput

from background.timing import WEEKDAYS, find_largest_unit, list_weekdays

EVERY, AT = "every", "at"


class JobForm(WagtailAdminModelForm):
    """Bound to one `PeriodicTask`; saving writes its interval or its crontab, never both."""

    kind = forms.ChoiceField(
        label=_("When"),
        choices=[(EVERY, _("Every so often")), (AT, _("At an hour of some days"))],
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(label=_("Every"), min_value=1, max_value=9999, required=False)
    period = forms.ChoiceField(label=_("Unit"), choices=IntervalSchedule.PERIOD_CHOICES[:4], required=False)
    at = forms.TimeField(label=_("At"), required=False, widget=AdminTimeInput)
    days = forms.MultipleChoiceField(
        label=_("On"),
        choices=list(WEEKDAYS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PeriodicTask
        fields = ("enabled",)
        labels = {"enabled": _("Switched on")}
        help_texts = {
            "enabled": _(
                "A job that is switched off does not run: orders then keep their stock, "
                "mails wait, or old rows pile up."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.read_times(self.instance), **self.initial}

    @staticmethod
    def read_times(job: PeriodicTask) -> dict[str, Any]:
        if job.crontab:
            at = time(int(job.crontab.hour), int(job.crontab.minute))
            return {"kind": AT, "at": at, "days": list_weekdays(job.crontab), "period": "minutes"}
        if job.interval:
            count, period = find_largest_unit(job.interval)
            return {"kind": EVERY, "count": count, "period": period, "days": list(WEEKDAYS)}
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == EVERY:
            self.require("count", _("Say how often."))
            self.require("period", _("Choose seconds, minutes, hours or days."))
        if cleaned.get("kind") == AT:
            self.require("at", _("Say at what time."))
            self.require("days", _("Choose one day at least."))
        if not self.errors:
            self.set_times()
        return cleaned

    def require(self, name: str, sentence: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)

    def set_times(self) -> None:
        """On the instance, so that its own checks see them."""
        cleaned, job = self.cleaned_data, self.instance
        job.interval = job.crontab = None
        if cleaned["kind"] == EVERY:
            job.interval, _created = IntervalSchedule.objects.get_or_create(
                every=cleaned["count"], period=cleaned["period"]
            )
        else:
            job.crontab, _created = CrontabSchedule.objects.get_or_create(
                minute=str(cleaned["at"].minute),
                hour=str(cleaned["at"].hour),
                day_of_week="*" if len(cleaned["days"]) == len(WEEKDAYS) else ",".join(cleaned["days"]),
                day_of_month="*",
                month_of_year="*",
                timezone=ZoneInfo(settings.CELERY_TIMEZONE),
            )
