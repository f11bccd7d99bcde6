import pytest
from django.core.management import CommandError, call_command

from notifications.services.delivery import deliver_email

pytestmark = pytest.mark.django_db(transaction=True)


def test_command_says_that_the_mail_has_left(monkeypatch, capsys):
    monkeypatch.setattr(
        "database.transactions.current_app.send_task",
        lambda task, arguments: deliver_email(purpose=arguments[0]),
    )

    call_command("send_test_email", "asha@example.com")

    assert capsys.readouterr().out.startswith("Sent to asha@example.com in ")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("asha", "“asha” is not an email address."), ("asha@example.com", "No worker took it")],
)
def test_command_fails_with_the_reason(broker, address, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("send_test_email", address, wait=0.1)
