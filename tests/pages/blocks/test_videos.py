"""Videos: which addresses are understood, and that nothing is asked of others before a click."""

import pytest
from django.core.exceptions import ValidationError

from pages.blocks.videos import find_video, validate_video

YOUTUBE = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1&rel=0"
VIMEO = "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1"


@pytest.mark.parametrize(
    ("address", "frame_url"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ", YOUTUBE),
        ("https://www.youtube.com/watch?list=x&v=aqz-KE-bpKQ&t=3", YOUTUBE),
        ("https://youtu.be/aqz-KE-bpKQ?si=abc", YOUTUBE),
        ("https://m.youtube.com/shorts/aqz-KE-bpKQ", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871", VIMEO),
    ],
)
def test_addresses_that_editors_copy(address, frame_url):
    assert find_video(address).frame_url == frame_url


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/watch?v=aqz-KE-bpKQ",
        "https://youtube.com.example.com/watch?v=aqz-KE-bpKQ",
        "http://youtu.be/aqz-KE-bpKQ",
        "https://vimeo.com/about",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ValidationError):
        validate_video(address)


@pytest.mark.django_db
def test_the_page_loads_nothing_from_elsewhere(show, client, home):
    html = show(("video", {"title": "A bowl", "address": "https://youtu.be/aqz-KE-bpKQ", "picture": None}))
    assert 'href="https://www.youtube.com/watch?v=aqz-KE-bpKQ"' in html
    assert "<iframe" not in html
    assert 'src="https://' not in html
    assert "https://www.youtube-nocookie.com" in client.get(home.url).headers["Content-Security-Policy"]
