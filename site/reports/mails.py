"""What a scheduled report's mail says: the totals, the rows as bars, and a link to the report itself."""

from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from reports.catalogue import REPORTS
from reports.comparison import compare
from reports.models import ReportRun, ReportSchedule
from reports.questions import Question
from reports.recurrence import describe
from reports.tables import Kind, Table

MOST_ROWS = 40


def render_report_mail(*, run: ReportRun, question: Question, table: Table) -> dict[str, str]:
    """Subject, text and HTML."""
    report = REPORTS[run.schedule.report]
    earlier = report.answer(question.before) if table.total and report.has_steps else None
    context = {
        "schedule": run.schedule,
        "plan": describe(run.schedule),
        "report": report,
        "period": question.period,
        "table": table,
        "rows": table.rows[:MOST_ROWS],
        "more": max(len(table.rows) - MOST_ROWS, 0),
        "bars": find_bars(table),
        "compared": compare(table, earlier) if earlier else [],
        "url": find_url(run.schedule, question),
    }
    return render("report", context)


def render_paused_mail(*, schedule: ReportSchedule) -> dict[str, str]:
    url = settings.BASE_URL + reverse("report_schedules:edit", args=[schedule.pk])
    return render("report_paused", {"schedule": schedule, "url": url})


def render(template: str, context: dict) -> dict[str, str]:
    return {
        "kind": template,
        "subject": render_to_string(f"emails/{template}_subject.txt", context).strip(),
        "text": render_to_string(f"emails/{template}.txt", context),
        "html": render_to_string(f"emails/{template}.html", context),
    }


def find_bars(table: Table) -> list[tuple[str, str | int | Decimal, int, Kind]]:
    """Name, figure and length in percent of each row's bar; mail programs draw no SVG."""
    if not table.chart:
        return []
    column = next(column for column in table.columns if column.name == table.chart[0])
    values = [Decimal(value or 0) for value in table.column(column.name)]
    highest = max(values, default=Decimal(0))
    if highest <= 0:
        return []
    return [
        (str(row[0]), value, int(100 * value / highest), column.kind)
        for row, value in zip(table.rows, values, strict=True)
    ][:MOST_ROWS]


def find_url(schedule: ReportSchedule, question: Question) -> str:
    """The report in the admin with the same days and filters."""
    query = {
        "period": "custom",
        "first": question.period.first.isoformat(),
        "last": question.period.last.isoformat(),
        "grain": question.grain,
        "collection": schedule.collection_id or "",
        "tag": schedule.tag_id or "",
        "state": schedule.state,
    }
    return f"{settings.BASE_URL}{reverse('report', args=[schedule.report])}?{urlencode(query)}"
