import pytest

from pages.desk.filters import find_matching
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db


def test_filter_by_what_is_gone_chooses_nothing(rf):
    """A bulk change of “all that match” must not fall on the whole catalogue."""
    item = make_item()

    assert list(find_matching("", request=rf.get("/"))) == [item]
    assert list(find_matching("collection=987654", request=rf.get("/"))) == []
