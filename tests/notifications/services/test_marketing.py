from datetime import UTC, datetime
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from database.transactions import entry_service
from notifications.enums import ConsentTopic
from notifications.models import MarketingSettings, OutgoingEmail
from notifications.services import delivery
from notifications.services.consents import give_consent
from notifications.services.delivery import deliver_email
from notifications.services.marketing import find_opening, queue_marketing_mail
from notifications.services.outbox import queue_email
from tests.parallel import run_at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ((2026, 11, 23, 3, 29), (2026, 11, 23, 3, 30)),  # 8:59 in India
        ((2026, 11, 23, 3, 30), None),
        ((2026, 11, 23, 14, 29), None),  # 19:59
        ((2026, 11, 23, 14, 30), (2026, 11, 24, 3, 30)),
        ((2026, 11, 23, 20, 0), (2026, 11, 24, 3, 30)),  # 1:30 of the next day
    ],
)
def test_night_is_by_the_shops_clock(now, opening):
    expected = datetime(*opening, tzinfo=UTC) if opening else None
    assert find_opening(datetime(*now, tzinfo=UTC), MarketingSettings()) == expected


def test_marketing_mail_that_an_outage_held_back_waits_for_the_morning(monkeypatch, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    night, morning = datetime(2026, 11, 23, 20, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    consent = give_consent(email="a@example.com", topic=ConsentTopic.STOCK, source="s", wording="w", at=night)
    queue_email(purpose="p:1", to="a@example.com", subject="S", text="T", consent=consent, send_after=night)
    monkeypatch.setattr(delivery.timezone, "now", lambda: night)
    assert deliver_email(purpose="p:1") == "queued"
    assert OutgoingEmail.objects.values_list("send_after", flat=True).get() == morning


def test_hours_must_be_in_order():
    with pytest.raises(ValidationError, match="later"):
        MarketingSettings(opens_at=20, closes_at=9).full_clean()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_reasons_at_once_make_one_mail():
    noon = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    MarketingSettings.load()
    for topic in (ConsentTopic.STOCK, ConsentTopic.CART):
        consent = give_consent(email="a@example.com", topic=topic, source="s", wording="w", at=noon)
    queue = entry_service(queue_marketing_mail)
    fields = {"values": {"product": "Lamp"}, "context": {}, "about": "product:1", "now": noon}
    calls = [
        partial(queue, kind="back_in_stock", purpose=f"p:{number}", consent=consent, **fields)
        for number in range(8)
    ]
    assert sorted(run_at_once(calls)) == [False] * 7 + [True]
    assert OutgoingEmail.objects.count() == 1
