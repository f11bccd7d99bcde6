import pytest
from celery import current_app
from django.core.management import CommandError, call_command

from background.tasks import answer_probe


def test_command_says_which_queue_does_not_answer(monkeypatch):
    monkeypatch.setattr(current_app, "send_task", lambda *args, **kwargs: None)

    with pytest.raises(CommandError, match="No worker took a task from the queue “payments”"):
        call_command("test_celery_tasks", wait=0.1)


def test_command_names_every_queue_that_answers(monkeypatch, capsys):
    monkeypatch.setattr(
        current_app, "send_task", lambda _name, arguments, **options: answer_probe(*arguments)
    )

    call_command("test_celery_tasks")

    told = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert told == ["payments", "emails", "webhooks", "maintenance", "reports"]
