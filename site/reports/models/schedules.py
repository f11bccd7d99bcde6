"""Reports that are mailed by themselves."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.enums import Frequency, Grain, RunOutcome, Weekday


class ReportSchedule(models.Model):
    """Which report goes to whom, how often. `at` is the time of day in `time_zone`."""

    title = models.CharField(_("name"), max_length=100)
    report = models.CharField(_("report"), max_length=30)
    period = models.CharField(_("period"), max_length=12, default="7")
    grain = models.CharField(_("steps"), max_length=5, choices=Grain.choices, default=Grain.DAY)
    collection = models.ForeignKey(
        "shop.Collection",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("collection"),
    )
    tag = models.ForeignKey(
        "shop.Tag",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tag"),
    )
    state = models.CharField(_("state"), max_length=2, blank=True)
    frequency = models.CharField(
        _("how often"), max_length=8, choices=Frequency.choices, default=Frequency.DAILY
    )
    weekday = models.PositiveSmallIntegerField(
        _("on"),
        choices=Weekday.choices,
        default=Weekday.MONDAY,
        help_text=_("Counts where it runs every week."),
    )
    day_of_month = models.PositiveSmallIntegerField(
        _("on day"),
        default=1,
        help_text=_("1 to 31; counts where it runs every month. A shorter month has it on its last day."),
    )
    at = models.TimeField(_("at"), default="08:00")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Kolkata")
    recipients = models.TextField(
        _("to"),
        blank=True,
        help_text=_("Email addresses, one a line. Empty: everybody who may see the reports."),
    )
    attach_csv = models.BooleanField(_("attach CSV"), default=False)
    attach_xlsx = models.BooleanField(_("attach XLSX"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, editable=False, related_name="+"
    )
    next_run_at = models.DateTimeField(_("next"), null=True, editable=False, db_index=True)
    is_the_shops_own = models.BooleanField(default=False, editable=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    pause_reason = models.CharField(_("why paused"), max_length=255, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)

    class Meta:
        verbose_name = _("scheduled report")
        verbose_name_plural = _("scheduled reports")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day_of_month__range=(1, 31)), name="report_schedule_day_of_month"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def addresses(self) -> list[str]:
        return self.recipients.split()


class ReportRun(models.Model):
    """One time that a scheduled report was due, and what became of it."""

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.CASCADE, related_name="runs")
    due_at = models.DateTimeField(_("due"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=RunOutcome.choices, default=RunOutcome.STARTED
    )
    error = models.TextField(_("error"), blank=True)
    files = models.JSONField(_("files"), default=list)

    class Meta:
        verbose_name = _("run of a scheduled report")
        verbose_name_plural = _("runs of scheduled reports")
        ordering = ["-due_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["schedule", "due_at"], name="report_run_once")]
