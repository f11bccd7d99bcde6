import os
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage, get_connection

from notifications import mailbox
from notifications.mailbox import find_mail, list_mails


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mail"
    return settings.MAILBOX_DIR


def put(mail_id: str, *, at: int = 1_700_000_000, **fields) -> None:
    message = EmailMessage(
        **{"subject": mail_id, "body": "Hello", "to": ["a@example.com"], **fields},
        headers={"Message-ID": f"<{mail_id}@example.com>"},
    )
    connection = get_connection("notifications.backends.MailboxBackend")
    connection.send_messages([message])
    os.utime(mailbox.settings.MAILBOX_DIR / f"{mail_id}.eml", (at, at))


def test_mailbox_without_a_folder_is_empty():
    assert list_mails() == []
    assert find_mail("anything") is None


def test_mails_are_listed_newest_first(monkeypatch):
    for number in (1, 3, 2):
        put(f"mail{number}", at=1_700_000_000 + number)
    assert [mail.id for mail in list_mails()] == ["mail3", "mail2", "mail1"]
    monkeypatch.setattr(mailbox, "SHOWN_MAILS", 2)
    assert [mail.id for mail in list_mails()] == ["mail3", "mail2"]


def test_mail_is_read_as_it_was_sent():
    put("mail1", from_email="Haat <shop@example.com>")
    mail = find_mail("mail1")
    assert (mail.subject, mail.to, mail.from_email) == ("mail1", "a@example.com", "Haat <shop@example.com>")
    assert mail.at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert (mail.text.strip(), mail.html) == ("Hello", "")


@pytest.mark.parametrize("mail_id", ["../secret", "secret", "", "mail1.eml", "*"])
def test_id_never_becomes_a_path(folder, mail_id):
    put("mail1")
    (folder.parent / "secret.eml").write_text("Subject: Secret\n\nSecret")
    assert find_mail(mail_id) is None


def test_draft_that_is_still_written_is_not_shown(folder):
    folder.mkdir()
    (folder / "mail1.draft").write_text("Subject: Half")
    assert list_mails() == []
