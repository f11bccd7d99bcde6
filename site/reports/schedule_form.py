"""The form of a scheduled report."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts.enums import IndianState
from reports.catalogue import REPORTS
from reports.models import ReportSchedule
from reports.presets import PRESETS

MOST_RECIPIENTS = 20


def list_reports() -> list[tuple[str, object]]:
    return [(report.name, report.title) for report in REPORTS.values()]


class ReportScheduleForm(WagtailAdminModelForm):
    report = forms.ChoiceField(label=_("Report"), choices=list_reports)
    period = forms.ChoiceField(
        label=_("Period"),
        choices=PRESETS.items(),
        help_text=_("Ends with the day before the mail: the day itself is not over."),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *IndianState.choices], required=False
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(name, name) for name in sorted(available_timezones())]
    )

    class Meta:
        model = ReportSchedule
        exclude = ("owner", "next_run_at", "is_the_shops_own", "pause_reason", "failures")

    def clean_recipients(self) -> str:
        addresses = self.cleaned_data["recipients"].replace(",", " ").split()
        if len(addresses) > MOST_RECIPIENTS:
            raise ValidationError(_("Name %(most)s addresses at most."), params={"most": MOST_RECIPIENTS})
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(address)s” is not an email address."), params={"address": address}
                ) from error
        return "\n".join(dict.fromkeys(addresses))

    def clean(self) -> dict:
        """A filter that the report does not know is a mistake, not a wish."""
        cleaned = super().clean()
        report = REPORTS.get(cleaned.get("report", ""))
        for name in ("collection", "tag", "state"):
            if report and cleaned.get(name) and name not in report.filters:
                self.add_error(name, _("This report cannot be narrowed down by this."))
        return cleaned
