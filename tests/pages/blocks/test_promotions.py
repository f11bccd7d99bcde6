"""Promotions come and go at their moment, on pages that are kept too."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError

from pages.blocks import PromotionBlock
from pages.models import LandingPage
from pages.public_cache import shelf

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
HOUR = timedelta(hours=1)


def promotion(**values) -> tuple[str, dict]:
    return "promotion", {
        "heading": "Friday only",
        "text": "",
        "link_label": "",
        "link_page": None,
        "starts_at": None,
        "ends_at": None,
        "countdown": True,
        **values,
    }


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "shown"),
    [
        (None, None, True),
        (NOW - HOUR, NOW + HOUR, True),
        (NOW + HOUR, None, False),
        (None, NOW - HOUR, False),
    ],
)
def test_shown_within_its_time_only(show, starts_at, ends_at, shown):
    assert ("Friday only" in show(promotion(starts_at=starts_at, ends_at=ends_at))) == shown


@pytest.mark.parametrize(("countdown", "ends_at"), [(True, None), (False, NOW + HOUR)])
def test_nothing_counts_down_without_an_end_or_a_wish(show, countdown, ends_at):
    assert "data-countdown" not in show(promotion(countdown=countdown, ends_at=ends_at))


def test_a_countdown_says_its_end_without_scripts(show):
    ends_at = NOW + HOUR
    html = show(promotion(ends_at=ends_at))
    assert f"Until {timezone.localtime(ends_at):%a} {timezone.localtime(ends_at).day}" in html
    assert f'data-promotion="{ends_at:%Y-%m-%dT%H:%M:%S}+00:00"' in html


def test_a_kept_page_ends_where_its_promotion_starts_and_ends(client, home, settings, monkeypatch):
    settings.PUBLIC_CACHE_SECONDS = 3600
    starts_at, ends_at = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    block = promotion(starts_at=starts_at, ends_at=ends_at)
    page = home.add_child(instance=LandingPage(title="L", slug="l", body=[block]))

    def read(at) -> str:
        monkeypatch.setattr(timezone, "now", lambda: at)
        return client.get(page.url).content.decode()

    for at, shown in (
        (NOW, False),
        (starts_at - timedelta(microseconds=1), False),
        (starts_at, True),
        (ends_at - timedelta(microseconds=1), True),
        (ends_at, False),
    ):
        assert ("Friday only" in read(at)) == shown, at
    assert max(entry.ends_at for entry in shelf._entries.values()) > ends_at


def test_a_preview_shows_what_will_stand_there(admin, home, rf):
    page = home.add_child(
        instance=LandingPage(
            title="L", slug="l", body=[promotion(starts_at=NOW + HOUR, ends_at=NOW + 3 * HOUR)]
        )
    )
    modes = dict(page.preview_modes)
    for at, shown in ((NOW + HOUR, True), (NOW + 3 * HOUR, False)):
        assert at.isoformat() in modes
        html = page.make_preview_request(preview_mode=at.isoformat()).content.decode()
        assert ("Friday only" in html) == shown
    assert "In a week, at noon" in modes.values()


def test_an_end_before_the_start_is_refused():
    block = PromotionBlock()
    value = block.normalize(promotion(starts_at=NOW, ends_at=NOW)[1])
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert refused.value.block_errors["ends_at"].messages == ["The end lies after the start."]
