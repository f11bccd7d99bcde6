import pytest
from celery import current_app
from django.contrib.auth.models import Permission
from django.urls import reverse
from django_celery_beat.models import PeriodicTask
from wagtail.models import ModelLogEntry

from background.services.jobs import write_jobs
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db

PLANNED = {
    "sweep": {"task": "notifications.sweep_outbox", "schedule": 15.0, "description": "Send mails that wait"}
}


@pytest.fixture
def job() -> PeriodicTask:
    write_jobs(planned=PLANNED, app=current_app)
    return PeriodicTask.objects.get()


@pytest.fixture
def admin(client):
    client.force_login(make_admin())
    return client


def change(client, job, **fields):
    return client.post(reverse("background_jobs:edit", args=[job.pk]), {"enabled": "on", **fields})


def test_list_tells_each_job_and_its_time(admin, job):
    page = admin.get(reverse("background_jobs:index")).content.decode()

    assert "Send mails that wait" in page
    assert "every 15 seconds" in page


def test_list_asks_the_same_for_three_jobs_as_for_one(admin, job, count_queries):
    url = reverse("background_jobs:index")
    admin.get(url)
    with count_queries(20) as one:
        admin.get(url)
    write_jobs(planned=dict.fromkeys(("sweep", "second", "third"), PLANNED["sweep"]), app=current_app)
    with count_queries(len(one)):
        admin.get(url)


def test_staff_give_a_job_another_interval(admin, job):
    answer = change(admin, job, kind="every", count="5", period="minutes")

    assert answer.status_code == 302
    job.refresh_from_db()
    assert (job.interval.every, job.interval.period, job.crontab) == (5, "minutes", None)


def test_staff_let_a_job_run_at_an_hour_of_some_days(admin, job):
    change(admin, job, kind="at", at="21:30", days=["5", "6"])

    job.refresh_from_db()
    assert job.interval is None
    assert (job.crontab.hour, job.crontab.minute, job.crontab.day_of_week) == ("21", "30", "5,6")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "every", "count": "", "period": "minutes"}, "Say how often."),
        ({"kind": "every", "count": "0", "period": "minutes"}, "greater than or equal to 1"),
        ({"kind": "at", "at": "", "days": ["1"]}, "Say at what time."),
        ({"kind": "at", "at": "10:00"}, "Choose one day at least."),
    ],
)
def test_time_that_is_no_time_is_refused(admin, job, fields, sentence):
    page = change(admin, job, **fields)

    assert sentence in page.content.decode()
    job.refresh_from_db()
    assert job.interval.every == 15


def test_nobody_adds_or_deletes_a_job(admin, job):
    assert admin.get(reverse("background_jobs:add")).status_code == 302
    assert admin.post(reverse("background_jobs:delete", args=[job.pk])).status_code == 302
    assert PeriodicTask.objects.count() == 1


def test_job_runs_once_more_and_the_log_says_who_asked(admin, job, broker):
    answer = admin.post(reverse("background_jobs:run", args=[job.pk]), follow=True)

    assert broker.sent == [("notifications.sweep_outbox", [])]
    assert "was sent to a worker" in answer.content.decode()
    assert ModelLogEntry.objects.get(action="background.run").object_id == str(job.pk)


def test_broker_that_is_down_is_told(admin, job, broker):
    broker.error = ConnectionError("refused")

    page = admin.post(reverse("background_jobs:run", args=[job.pk]), follow=True).content.decode()

    assert "the broker does not answer" in page


def test_staff_without_the_permission_see_no_jobs(client, job):
    staff = make_staff()
    staff.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(staff)

    assert client.post(reverse("background_jobs:run", args=[job.pk])).status_code in (302, 403)
    assert client.get(reverse("background_jobs:index")).status_code == 302
