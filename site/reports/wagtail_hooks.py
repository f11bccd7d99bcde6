from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from reports.catalogue import REPORTS
from reports.panels import TodayPanel
from reports.schedule_views import ReportScheduleViewSet
from reports.views import PERMISSION, show_report


class ReportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def register_report_urls():
    return [path("reports/shop/<slug:name>/", show_report, name="report")]


@hooks.register("register_permissions")
def register_report_permissions():
    return Permission.objects.filter(content_type__app_label="reports", codename="view_reports")


def add_menu_item(report, order: int) -> None:
    @hooks.register("register_reports_menu_item")
    def register_report():
        return ReportMenuItem(
            report.title, reverse("report", args=[report.name]), icon_name="table", order=order
        )


for position, each in enumerate(REPORTS.values()):
    add_menu_item(each, order=position)


@hooks.register("construct_homepage_panels")
def add_today_panel(request, panels):
    panels.append(TodayPanel())


class ScheduleMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("reports.change_reportschedule")


@hooks.register("register_admin_viewset")
def register_schedules():
    return ReportScheduleViewSet()


@hooks.register("register_reports_menu_item")
def register_schedules_menu_item():
    url = reverse("report_schedules:index")
    return ScheduleMenuItem(_("Scheduled reports"), url, icon_name="calendar-alt", order=len(REPORTS))
