import pytest
from django.db import IntegrityError, transaction

from notifications.models import OutgoingEmail

pytestmark = pytest.mark.django_db


def test_purpose_is_taken_once_for_ever():
    OutgoingEmail.objects.create(
        purpose="welcome:1", to="a@example.com", subject="S", text="T", status="sent"
    )
    with pytest.raises(IntegrityError, match="purpose"), transaction.atomic():
        OutgoingEmail.objects.create(purpose="welcome:1", to="b@example.com", subject="S", text="T")


def test_unknown_status_is_refused():
    with pytest.raises(IntegrityError, match="email_status_is_known"), transaction.atomic():
        OutgoingEmail.objects.create(purpose="p", to="a@example.com", subject="S", text="T", status="lost")
