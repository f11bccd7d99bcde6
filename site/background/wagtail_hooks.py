from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import PeriodicTask
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from background.views import JobPermissionPolicy, JobViewSet

register_permission_policy(PeriodicTask, JobPermissionPolicy(PeriodicTask))


@hooks.register("register_admin_viewset")
def register_jobs():
    return JobViewSet()


@hooks.register("register_permissions")
def register_job_permissions():
    return Permission.objects.filter(
        content_type__app_label="django_celery_beat", codename="change_periodictask"
    )


@hooks.register("register_log_actions")
def register_run_action(actions) -> None:
    actions.register_action("background.run", _("Run now"), _("Sent once more"))
