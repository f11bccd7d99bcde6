"""Reports in Wagtail's admin."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_denied

from reports.catalogue import REPORTS, Report
from reports.charts import draw_chart
from reports.comparison import compare
from reports.exports import write_csv, write_xlsx
from reports.forms import QuestionForm
from reports.tables import Table
from shop.spreadsheets import TYPES

PERMISSION = "reports.view_reports"


@require_safe
def show_report(request: HttpRequest, name: str) -> HttpResponse:
    """A report for the period and filters in the address, as a page or a file."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    if name not in REPORTS:
        raise Http404
    report = REPORTS[name]
    form = QuestionForm(request.GET, report=report)
    form.is_valid()
    question = form.ask(now=timezone.now())
    table = report.answer(question)
    wanted = request.GET.get("export", "")
    if wanted in TYPES:
        return export(report, table, wanted, now=question.now)
    query = request.GET.copy()
    query.pop("export", None)
    context = {
        "report": report,
        "reports": [(item, reverse("report", args=[item.name])) for item in REPORTS.values()],
        "form": form,
        "table": table,
        "chart": draw_chart(table),
        "compared": compare(table, report.answer(question.before))
        if table.total and report.has_steps
        else [],
        "period": question.period,
        "before": question.before.period,
        "query": query.urlencode(),
    }
    return render(request, "reports/report.html", context)


def export(report: Report, table: Table, wanted: str, *, now: datetime) -> HttpResponse:
    body = write_csv(table) if wanted == "csv" else write_xlsx(table, title=str(report.title))
    day = timezone.localtime(now).date().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="{report.name}-{day}.{wanted}"'}
    return HttpResponse(body, content_type=TYPES[wanted], headers=headers)
