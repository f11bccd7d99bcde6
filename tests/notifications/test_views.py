import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path
    for name, html in (("order.1", "<p>Thank <b>you</b></p><script>alert(1)</script>"), ("plain.1", "")):
        message = EmailMultiAlternatives(
            f"About {name}",
            "Thank you",
            to=["asha@example.com"],
            headers={"Message-ID": f"<{name}@example.com>"},
        )
        if html:
            message.attach_alternative(html, "text/html")
        get_connection("notifications.backends.MailboxBackend").send_messages([message])


def test_mailbox_lists_the_mails(client):
    response = client.get("/mailbox/")
    assert response.status_code == 200
    assert {mail.id for mail in response.context["mails"]} == {"order.1", "plain.1"}
    assert "About order.1" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("mail_id", "html_url"), [("order.1", "/mailbox/order.1/html/"), ("plain.1", "")])
def test_mail_is_shown_with_a_frame_where_it_has_html(client, mail_id, html_url):
    response = client.get(f"/mailbox/{mail_id}/")
    assert (response.status_code, response.context["mail"].id) == (200, mail_id)
    assert response.context["html_url"] == html_url


def test_html_of_a_mail_runs_no_script(client):
    response = client.get("/mailbox/order.1/html/")
    assert response.status_code == 200
    assert "<b>you</b>" in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/mailbox/nothing/", "/mailbox/nothing/html/"])
def test_mail_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_mailbox_is_only_read(client):
    assert client.post("/mailbox/").status_code == 405
