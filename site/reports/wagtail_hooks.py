from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from reports.views import show_sales


class SalesMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("checkout.view_order")


@hooks.register("register_admin_urls")
def register_report_urls():
    return [path("reports/sales/", show_sales, name="sales_report")]


@hooks.register("register_reports_menu_item")
def register_sales_report():
    return SalesMenuItem(_("Sales"), reverse("sales_report"), icon_name="list-ol", order=100)
