from datetime import time

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from reports.models import ReportRun, ReportSchedule
from reports.services.schedules import run_due_schedules
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Best sellers",
    "report": "products",
    "period": "7",
    "grain": "day",
    "collection": "",
    "tag": "",
    "state": "",
    "frequency": "weekly",
    "weekday": "0",
    "day_of_month": "1",
    "at": "08:00",
    "time_zone": "Asia/Kolkata",
    "recipients": "asha@example.com, ravi@example.com",
    "attach_xlsx": "on",
}


@pytest.fixture
def admin(client):
    client.force_login(make_admin())
    return client


def add(client, **changes):
    return client.post(reverse("report_schedules:add"), {**FORM, **changes})


def test_report_is_scheduled_in_one_form(admin):
    assert add(admin).status_code == 302
    schedule = ReportSchedule.objects.get()
    assert (schedule.report, schedule.at, schedule.attach_xlsx) == ("products", time(8, 0), True)
    assert schedule.addresses == ["asha@example.com", "ravi@example.com"]
    assert schedule.owner.is_superuser
    assert schedule.next_run_at.weekday() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"recipients": "asha@example.com nobody"}, "“nobody” is not an email address."),
        ({"recipients": " ".join(f"a{n}@example.com" for n in range(21))}, "Name 20 addresses at most."),
        ({"report": "stock", "state": "KA"}, "This report cannot be narrowed down by this."),
        ({"day_of_month": "32"}, "32"),
    ],
)
def test_mistake_in_the_form_is_a_sentence(admin, changes, sentence):
    answer = add(admin, **changes)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not ReportSchedule.objects.exists()


def test_list_and_history_say_when_and_what_became_of_it(admin):
    add(admin)
    schedule = ReportSchedule.objects.get()
    assert (
        "every Monday at 08:00 (Asia/Kolkata)"
        in admin.get(reverse("report_schedules:index")).content.decode()
    )
    run_due_schedules(now=schedule.next_run_at)
    text = admin.get(reverse("report_schedules:runs", args=[schedule.pk])).content.decode()
    assert "Mailed" in text
    run = ReportRun.objects.get()
    file = admin.get(reverse("report_schedules:file", args=[run.pk, 0]))
    assert file["Content-Disposition"].startswith('attachment; filename="products-')
    assert admin.get(reverse("report_schedules:file", args=[run.pk, 1])).status_code == 404


def test_test_mail_goes_to_whoever_asks(admin):
    add(admin)
    schedule = ReportSchedule.objects.get()
    admin.post(reverse("report_schedules:test", args=[schedule.pk]))
    assert OutgoingEmail.objects.get().to == schedule.owner.email


def test_pausing_and_resuming_plans_anew(admin):
    add(admin)
    schedule = ReportSchedule.objects.get()
    url = reverse("report_schedules:edit", args=[schedule.pk])
    admin.post(url, {**FORM, "is_paused": "on"})
    assert ReportSchedule.objects.get().next_run_at is None
    admin.post(url, FORM)
    assert ReportSchedule.objects.get().next_run_at == schedule.next_run_at


def test_staff_without_the_permission_see_nothing(client):
    schedule = ReportSchedule.objects.create(title="Secret", report="sales", recipients="a@example.com")
    client.force_login(make_staff())
    for name in ("runs", "edit"):
        assert client.get(reverse(f"report_schedules:{name}", args=[schedule.pk])).status_code in (302, 404)
