"""Scheduled reports in the admin: list, form, history, a test to oneself."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from reports.catalogue import REPORTS
from reports.models import ReportRun, ReportSchedule
from reports.recurrence import describe
from reports.schedule_form import ReportScheduleForm
from reports.services.files import private_files
from reports.services.schedules import plan_schedule, send_test

SHOWN_RUNS = 50


class LinkColumn(Column):
    """Leads to the history of a schedule."""

    cell_template_name = "reports/history_cell.html"


class ScheduleIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("runs")


class ScheduleCreateView(CreateView):
    def save_instance(self):
        """Whoever makes it owns it: each run checks that they may still see the report."""
        self.form.instance.owner = self.request.user
        plan_schedule(schedule=self.form.instance, now=timezone.now())
        return super().save_instance()


class ScheduleEditView(EditView):
    def save_instance(self):
        plan_schedule(schedule=self.form.instance, now=timezone.now())
        return super().save_instance()


class ReportScheduleViewSet(ModelViewSet):
    model = ReportSchedule
    name = "report_schedules"
    url_prefix = "reports/scheduled"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Scheduled reports")
    add_to_reference_index = False
    copy_view_enabled = False
    form_class = ReportScheduleForm
    index_view_class = ScheduleIndexView
    add_view_class = ScheduleCreateView
    edit_view_class = ScheduleEditView
    list_display = [
        "title",
        Column("report", label=gettext_lazy("Report"), accessor=lambda row: REPORTS[row.report].title),
        Column("plan", label=gettext_lazy("When"), accessor=describe),
        Column("next", label=gettext_lazy("Next"), accessor=lambda row: row.next_run_at or row.pause_reason),
        LinkColumn(
            "history", label=gettext_lazy("History"), accessor=lambda row: next(iter(row.runs.all()), None)
        ),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("report"), FieldPanel("period"), FieldPanel("grain")]),
                    FieldRowPanel([FieldPanel("collection"), FieldPanel("tag"), FieldPanel("state")]),
                ],
                heading=gettext_lazy("What"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("frequency"), FieldPanel("weekday"), FieldPanel("day_of_month")]
                    ),
                    FieldRowPanel([FieldPanel("at"), FieldPanel("time_zone"), FieldPanel("is_paused")]),
                ],
                heading=gettext_lazy("When"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("recipients"),
                    FieldRowPanel([FieldPanel("attach_csv"), FieldPanel("attach_xlsx")]),
                ],
                heading=gettext_lazy("To whom"),
            ),
        ],
        base_form_class=ReportScheduleForm,
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/runs/", show_history, name="runs"),
            path("<int:pk>/test/", test, name="test"),
            path("runs/<int:run_id>/<int:position>/", download, name="file"),
        ]


def find_schedule(request: HttpRequest, pk: int) -> ReportSchedule:
    """Raises `Http404` where there is none, or the visitor may not change it."""
    if not request.user.has_perm("reports.change_reportschedule"):
        raise Http404
    return get_object_or_404(ReportSchedule, pk=pk)


@require_safe
@require_admin_access
def show_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest runs with their outcome and files."""
    schedule = find_schedule(request, pk)
    context = {"schedule": schedule, "plan": describe(schedule), "runs": schedule.runs.all()[:SHOWN_RUNS]}
    return render(request, "reports/history.html", context)


@require_POST
@require_admin_access
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the report as it looks now to whoever asks."""
    schedule = find_schedule(request, pk)
    send_test(schedule_id=schedule.pk, to=request.user.email, now=timezone.now())
    messages.success(request, _("The report is on its way to %(email)s.") % {"email": request.user.email})
    return redirect(reverse("report_schedules:runs", args=[schedule.pk]))


@require_safe
@require_admin_access
def download(request: HttpRequest, run_id: int, position: int) -> HttpResponse:
    """A file that a run made."""
    run = get_object_or_404(ReportRun, pk=run_id)
    find_schedule(request, run.schedule_id)
    if position >= len(run.files):
        raise Http404
    name = run.files[position]
    return FileResponse(private_files().open(name), as_attachment=True, filename=name.rpartition("/")[2])
