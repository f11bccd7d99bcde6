from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from checkout.models import CartReminder, Order
from checkout.selectors.marketing import count_mails, count_subscribers, sum_recovered
from notifications.enums import ConsentTopic, EmailStep, SuppressionReason
from notifications.models import Consent, EmailEvent, OutgoingEmail, Suppression
from notifications.services.consents import give_consent
from notifications.services.outbox import queue_email
from notifications.services.suppressions import suppress
from tests.factories.orders import make_order
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def consent(address: str = "asha@example.com", topic: ConsentTopic = ConsentTopic.CART) -> Consent:
    return give_consent(email=address, topic=topic, source="checkout", wording="w", at=NOW)


def test_order_shows_the_lives_of_its_mails(admin, count_queries):
    order, costs = make_order(email="asha@example.com"), []
    url = reverse("checkout_order_modeladmin_inspect", args=[order.pk])
    for count in (1, 2):
        for number in range(count):
            about = {"about": f"order:{order.pk}"}
            queue_email(purpose=f"x:{count}{number}", to="a@example.com", subject="Hello", text="T", **about)
            email = OutgoingEmail.objects.get(purpose=f"x:{count}{number}")
            EmailEvent.objects.create(email=email, step=EmailStep.BOUNCED, at=NOW, detail="550 no such user")
        admin.get(url)
        with count_queries() as counted:
            page = admin.get(url).content.decode()
        costs.append(len(counted))
    assert page.count("550 no such user") == 3
    assert costs[0] == costs[1]


def test_staff_read_a_mail_and_send_a_dead_one_again(admin):
    queue_email(purpose="x:1", to="a@example.com", subject="Hello", text="Words", html="<p>Words</p>")
    OutgoingEmail.objects.update(status="failed")
    email = OutgoingEmail.objects.get()
    url = reverse("notifications_outgoingemail_modeladmin_inspect", args=[email.pk])
    page = admin.get(url).content.decode()
    assert "Send it again" in page
    assert 'srcdoc="&lt;p&gt;Words&lt;/p&gt;"' in page
    again = reverse("mail_send_again", args=[email.pk])
    assert "The mail is queued again." in admin.post(again, follow=True).content.decode()
    assert "it is not sent again" in admin.post(again, follow=True).content.decode()
    assert "Send it again" not in admin.get(url).content.decode()


def test_staff_lift_a_suppression(admin):
    suppress(address="a@example.com", reason=SuppressionReason.BOUNCED, detail="550", at=NOW)
    row = Suppression.objects.get()
    inspect = reverse("notifications_suppression_modeladmin_inspect", args=[row.pk])
    assert "Send mail there again" in admin.get(inspect).content.decode()
    page = admin.post(reverse("mail_lift_suppression", args=[row.pk]), follow=True).content.decode()
    assert "Mail goes to this address again." in page
    assert not Suppression.objects.in_force().exists()


@pytest.mark.parametrize("model", ["outgoingemail", "suppression", "consent"])
def test_records_are_listed_and_never_changed_by_forms(admin, model, count_queries):
    url, costs = reverse(f"notifications_{model}_modeladmin_index"), []
    for count in (1, 2):
        for number in range(count):
            address = f"{count}{number}@example.com"
            consent(address)
            suppress(address=address, reason=SuppressionReason.BOUNCED, detail="550", at=NOW)
            queue_email(purpose=address, to=address, subject="S", text="T")
        admin.get(url)
        with count_queries() as counted:
            assert admin.get(url).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
    assert admin.get(f"{url}create/").status_code in (302, 403, 404)


def test_staff_without_rights_see_and_do_nothing(client):
    client.force_login(make_user(is_staff=True))
    queue_email(purpose="x:1", to="a@example.com", subject="Hello", text="T")
    OutgoingEmail.objects.update(status="failed")
    pk = OutgoingEmail.objects.get().pk
    assert client.post(reverse("mail_send_again", args=[pk])).status_code in (302, 403)
    assert client.get(reverse("mail_marketing")).status_code in (302, 403)
    assert OutgoingEmail.objects.get().status == "failed"


def test_figures_of_marketing_mails():
    given, old = consent(), NOW - timedelta(days=40)
    for number, status in enumerate(("sent", "delivered", "opened", "clicked", "bounced", "dropped")):
        queue_email(
            purpose=f"x:{number}",
            to="a@example.com",
            subject="S",
            text="T",
            kind="cart_reminder",
            consent=given,
        )
        sent = None if status == "dropped" else NOW
        OutgoingEmail.objects.filter(purpose=f"x:{number}").update(status=status, sent_at=sent)
    queue_email(purpose="old", to="a@example.com", subject="S", text="T", kind="cart_reminder", consent=given)
    OutgoingEmail.objects.filter(purpose="old").update(status="clicked", sent_at=old, created_at=old)
    Consent.objects.update(withdrawn_at=NOW, standing_key=None)
    cart, stock = count_mails(since=NOW - timedelta(days=30))
    assert (cart.sent, cart.delivered, cart.opened, cart.clicked, cart.unsubscribed) == (5, 3, 2, 1, 1)
    assert (stock.sent, stock.unsubscribed) == (0, 0)


def test_recovered_sales_are_paid_orders_of_carts_after_their_mail():
    given = consent()
    before, after, unpaid = make_order(), make_order(), make_order()
    for order, minutes in ((before, 5), (after, -5), (unpaid, -5)):
        mailed = order.placed_at + timedelta(minutes=minutes)
        CartReminder.objects.create(cart_id=order.cart_id, consent=given, mailed_at=mailed)
    Order.objects.filter(pk__in=(before.pk, after.pk)).update(status="paid")
    found = sum_recovered(since=NOW - timedelta(days=30))
    assert (found.orders, found.value) == (1, Decimal("110.00"))


def test_page_of_marketing_shows_them(admin):
    consent("b@example.com", ConsentTopic.STOCK)
    assert count_subscribers() == {"Newsletter": 0, "Reminder of a full cart": 0, "Back in stock": 1}
    page = admin.get(reverse("mail_marketing"), {"days": "7"}).content.decode()
    assert "0 paid orders of carts" in page
    assert admin.get(reverse("mail_marketing"), {"days": "x"}).status_code == 200


@pytest.mark.parametrize(("purpose", "status"), [("order-confirmation:1", 200), ("message:1", 302)])
def test_staff_read_mails_about_orders_but_none_that_opens_an_account(client, purpose, status):
    """A link to a new password would be as good as the account, also an administrator's."""
    queue_email(purpose=purpose, to="asha@example.com", subject="Hello", text="A link")
    staff = make_user(is_staff=True)
    staff.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "view_outgoingemail"])
    )
    client.force_login(staff)
    email = OutgoingEmail.objects.get(purpose=purpose)

    url = reverse("notifications_outgoingemail_modeladmin_inspect", args=[email.pk])

    assert client.get(url).status_code == status


def test_superuser_reads_every_mail(admin):
    queue_email(purpose="message:1", to="asha@example.com", subject="Hello", text="A link")
    email = OutgoingEmail.objects.get()

    url = reverse("notifications_outgoingemail_modeladmin_inspect", args=[email.pk])

    assert "A link" in admin.get(url).content.decode()
