import pytest
from django.utils import timezone

from checkout.models import Concern
from checkout.services.concerns import open_concern, settle_concern, tell_staff
from notifications.models import OutgoingEmail
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


def recipients() -> list[str]:
    return sorted(OutgoingEmail.objects.values_list("to", flat=True))


def test_concern_is_one_for_ever_and_mailed_once(settings):
    settings.STAFF_EMAILS = ["desk@example.com", "owner@example.com"]
    for _ in range(2):
        open_concern(subject="payment-held:pay_1", text="Payment pay_1 is held.")
    concern = Concern.objects.get()
    assert (str(concern), concern.text, concern.settled_at) == (
        "payment-held:pay_1",
        "Payment pay_1 is held.",
        None,
    )
    assert recipients() == ["desk@example.com", "owner@example.com"]
    mail = OutgoingEmail.objects.first()
    assert mail.subject == "For staff: Payment pay_1 is held."
    for body in (mail.text, mail.html):
        assert "Payment pay_1 is held." in body
        assert "/admin/checkout/concern/" in body


def test_administrators_are_told_where_nobody_is_named(settings):
    settings.STAFF_EMAILS = []
    make_admin(email="first@example.com")
    make_admin(email="gone@example.com", is_active=False)
    make_staff(email="clerk@example.com")
    tell_staff(purpose="nightly:1", title="Something is off", lines=["One", "Two"], path="/admin/")
    assert recipients() == ["first@example.com"]
    assert "- One\n- Two" in OutgoingEmail.objects.get().text


def test_concern_is_settled_once():
    open_concern(subject="a", text="A")
    staff, at, concern = make_staff(), timezone.now(), Concern.objects.get()
    answers = [settle_concern(concern_id=concern.pk, by_id=staff.pk, at=at) for _ in range(2)]
    concern.refresh_from_db()
    assert (answers, concern.settled_by, concern.settled_at) == ([True, False], staff, at)
    assert Concern.objects.open().count() == 0
