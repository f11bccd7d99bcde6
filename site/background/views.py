"""Background jobs in the admin: what runs, when it ran last, another time for it, once more now."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_celery_beat.models import PeriodicTask
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from background.forms import JobForm
from background.services.jobs import run_job_now
from background.timing import describe_job

logger = logging.getLogger(__name__)

CHANGE_JOBS = "django_celery_beat.change_periodictask"


class JobPermissionPolicy(ModelPermissionPolicy):
    """Which jobs there are is code: nobody adds or deletes one here."""

    def user_has_permission(self, user, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class RunColumn(Column):
    """A button: run it once more, now."""

    cell_template_name = "background/run_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": parent_context.get("csrf_token")}


class JobIndexView(IndexView):
    page_subtitle = gettext_lazy("What the shop does by itself, and when")

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("interval", "crontab")


class JobEditView(EditView):
    def get_page_subtitle(self) -> str:
        return self.object.description


class JobViewSet(ModelViewSet):
    model = PeriodicTask
    name = "background_jobs"
    url_prefix = "background-jobs"
    icon = "cogs"
    menu_label = gettext_lazy("Background jobs")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = JobIndexView
    edit_view_class = JobEditView
    ordering = ["description"]
    list_display = [
        "description",
        Column("when", label=gettext_lazy("When"), accessor=describe_job),
        BooleanColumn("enabled", label=gettext_lazy("On")),
        DateColumn("last_run_at", label=gettext_lazy("Last sent")),
        RunColumn("run", label="", accessor="pk"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("enabled"),
            FieldPanel("kind"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("count"), FieldPanel("period")])],
                heading=gettext_lazy("Every so often"),
            ),
            MultiFieldPanel(
                [FieldPanel("at"), FieldPanel("days")], heading=gettext_lazy("At an hour of some days")
            ),
        ],
        base_form_class=JobForm,
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/run/", run_now, name="run")]


@require_POST
@permission_required(CHANGE_JOBS, raise_exception=True)
def run_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Once more, whether or not it is switched on; its own times stay."""
    job = get_object_or_404(PeriodicTask, pk=pk)
    try:
        run_job_now(job=job)
    except Exception:  # each broker has errors of its own
        logger.exception("Job %s was not sent", job.name)
        messages.error(request, _("The job was not sent: the broker does not answer. Try again in a minute."))
    else:
        log(instance=job, action="background.run", user=request.user)
        messages.success(request, _("“%(job)s” was sent to a worker.") % {"job": job.description})
    return redirect("background_jobs:index")
