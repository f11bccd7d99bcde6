"""The daily report is on from the beginning; staff may change, pause or delete it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

NINE = time(9, 0)


def add_daily_report(apps, schema_editor) -> None:
    zone = ZoneInfo("Asia/Kolkata")
    now = datetime.now(zone)
    day = now.date() if now.time() < NINE else now.date() + timedelta(days=1)
    apps.get_model("reports", "ReportSchedule").objects.create(
        title="The day",
        report="daily",
        period="1",
        at=NINE,
        is_the_shops_own=True,
        next_run_at=datetime.combine(day, NINE, tzinfo=zone),
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_recipients")]

    operations = [migrations.RunPython(add_daily_report, migrations.RunPython.noop)]
