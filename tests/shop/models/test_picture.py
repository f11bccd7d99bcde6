import re

import pytest

from tests.factories.catalogue import make_picture

pytestmark = pytest.mark.django_db


def test_picture_is_stored_under_a_random_name():
    picture = make_picture(title="Secret plans")
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.png", picture.file.name)


def test_picture_keeps_only_the_suffix_of_its_filename():
    picture = make_picture()
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.jpeg", picture.get_upload_to("../../etc/holiday.photo.JPEG"))
