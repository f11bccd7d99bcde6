import pytest

from reports.models import ReportSchedule


@pytest.fixture(autouse=True)
def _no_schedule_but_ones_own(request):
    """The migration brings a daily report; these tests begin without."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        ReportSchedule.objects.all().delete()
