import pytest

from shop.models import Picture, ProductImage
from shop.selectors import PICTURE_SPECS, ShownPicture, find_faces, find_pictures, show_picture
from tests.factories.catalogue import make_item, make_picture

pytestmark = pytest.mark.django_db


def test_picture_without_renditions_serves_its_original():
    picture = make_picture(size=(60, 40))
    assert show_picture(picture, alt="A lamp") == ShownPicture(
        src=picture.file.url,
        srcset="",
        width=60,
        height=40,
        alt="A lamp",
        large=picture.file.url,
        original=picture.file.url,
    )


def test_picture_with_one_rendition_serves_it_everywhere():
    picture = make_picture(size=(900, 900))
    small = picture.get_rendition(PICTURE_SPECS[400])
    shown = show_picture(Picture.objects.get(pk=picture.pk), alt="A lamp")
    assert shown == ShownPicture(
        src=small.url,
        srcset=f"{small.url} 400w",
        width=400,
        height=400,
        alt="A lamp",
        large=small.url,
        original=picture.file.url,
    )


def test_picture_with_both_renditions_offers_the_widths():
    picture = make_picture(size=(900, 900))
    renditions = picture.get_renditions(*PICTURE_SPECS.values())
    small, large = (renditions[spec] for spec in PICTURE_SPECS.values())
    shown = show_picture(Picture.objects.get(pk=picture.pk), alt="A lamp")
    assert (shown.src, shown.large) == (small.url, large.url)
    assert shown.srcset == f"{small.url} 400w, {large.url} 800w"
    assert (shown.width, shown.height) == (400, 400)


def test_rendition_of_another_size_is_not_offered():
    picture = make_picture(size=(900, 900))
    picture.get_rendition("fill-100x100")
    assert show_picture(Picture.objects.get(pk=picture.pk), alt="").srcset == ""


def test_pictures_come_by_product_and_in_their_order():
    lamp, rug, bare = make_item(), make_item(), make_item()
    first, second = make_picture(title="Lamp"), make_picture(title="Detail")
    ProductImage.objects.create(product=lamp, picture=second, position=1, caption="From above")
    ProductImage.objects.create(product=lamp, picture=first, position=0)
    ProductImage.objects.create(product=rug, picture=first, position=0)
    found = find_pictures([lamp.pk, rug.pk, bare.pk])
    assert [picture.alt for picture in found[lamp.pk]] == ["Lamp", "From above"]
    assert [picture.alt for picture in found[rug.pk]] == ["Lamp"]
    assert bare.pk not in found


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_cost_two_queries_however_many(count, count_queries):
    products = [make_item() for _ in range(count)]
    for product in products:
        ProductImage.objects.create(product=product, picture=make_picture())
    with count_queries() as counted:
        assert len(find_pictures([product.pk for product in products])) == count
    assert len(counted) == 2


def test_face_is_the_first_picture_of_a_product_or_of_its_lead():
    lead, bare = make_item(), make_item()
    plain, pictured = make_item(variant_of=lead), make_item(variant_of=lead)
    for product, title, position in ((lead, "Lead", 0), (lead, "Second", 1), (pictured, "Own", 0)):
        picture = make_picture(title=title)
        ProductImage.objects.create(product=product, picture=picture, position=position)
    faces = find_faces([lead, plain, pictured, bare])
    assert {pk: face and face.alt for pk, face in faces.items()} == {
        lead.pk: "Lead",
        plain.pk: "Lead",
        pictured.pk: "Own",
        bare.pk: None,
    }
