import pytest
from django.core.files.base import ContentFile

from pages.services import pictures
from pages.services.pictures import render_missing
from pages.tasks import render_missing_pictures
from shop.models import Picture, PictureRendition
from tests.factories.catalogue import make_picture, make_product, page_of

pytestmark = pytest.mark.django_db


def break_file(picture: Picture) -> None:
    picture.file.storage.delete(picture.file.name)
    picture.file.storage.save(picture.file.name, ContentFile(b"not a picture"))


def test_missing_renditions_are_made_once():
    picture = make_picture(size=(900, 900))
    assert render_missing() == 1
    made = picture.renditions.order_by("width").values_list("filter_spec", "width", "height")
    assert list(made) == [
        ("fill-400x400|format-webp", 400, 400),
        ("fill-800x800|format-webp", 800, 800),
    ]
    assert render_missing() == 0


def test_picture_with_one_rendition_gets_the_other():
    picture = make_picture(size=(900, 900))
    picture.get_rendition("fill-400x400|format-webp")
    picture.get_rendition("width-100")
    assert render_missing() == 1
    assert picture.renditions.filter(filter_spec="fill-800x800|format-webp").exists()


def test_moved_focal_point_does_not_hide_a_missing_size():
    picture = make_picture(size=(900, 900))
    picture.get_rendition("fill-400x400|format-webp")
    picture.focal_point_x = picture.focal_point_y = 10
    picture.focal_point_width = picture.focal_point_height = 10
    picture.save()
    picture.get_rendition("fill-400x400|format-webp")
    assert render_missing() == 1


def test_broken_file_stops_no_other_and_is_told_once(caplog):
    broken, whole = make_picture(), make_picture()
    break_file(broken)
    assert render_missing() == 1
    assert PictureRendition.objects.filter(image=whole).count() == 2
    assert [record.getMessage() for record in caplog.records] == [
        f"Picture {broken.pk} could not be rendered"
    ]
    render_missing_pictures()
    assert len(caplog.records) == 1


def test_run_ends_in_time(monkeypatch):
    make_picture()
    monkeypatch.setattr(pictures, "LONGEST_RUN_SECONDS", -1)
    assert render_missing() == 0


def test_page_view_makes_no_rendition(client):
    product = make_product(pictures=[make_picture(size=(900, 900))])
    assert client.get(page_of(product).url).status_code == 200
    assert client.get(product.collection.page.url).status_code == 200
    assert PictureRendition.objects.count() == 0
