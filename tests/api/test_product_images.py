"""Pictures of products: by content, re-encoded, under random names."""

import resource
import time
from io import BytesIO

import pytest
from PIL import Image

from pages.models import ProductPage
from shop.models import Picture, ProductImage
from tests.api.wire import FORBIDDEN, NOT_FOUND, UNAUTHENTICATED, field_body, missing_body, refused_method
from tests.factories.catalogue import make_item, make_picture, make_product, make_variant, page_of
from tests.factories.uploads import KINDS, as_upload, claim_size, draw

pytestmark = pytest.mark.django_db

NOT_AN_IMAGE = "Upload a valid image. The file you uploaded was either not an image or a corrupted image."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def product():
    return make_product()


@pytest.fixture
def images(product) -> str:
    return f"/store/products/{product.pk}/images/"


def upload(api, path: str, content: bytes, **options):
    return api.send("POST", path, *as_upload(content, **options))


def stored(image_id: int) -> bytes:
    with ProductImage.objects.get(pk=image_id).picture.file.open() as file:
        return file.read()


@pytest.mark.parametrize("kind", KINDS)
def test_upload_image(staff, guest, product, images, kind):
    answer = upload(staff, images, draw(kind), name=KINDS[kind])
    image = ProductImage.objects.get()
    assert answer.told == (201, {"id": image.pk, "image": f"http://testserver{image.picture.file.url}"})
    assert list(answer.body) == ["id", "image"]
    kept = Image.open(BytesIO(stored(image.pk)))
    assert (kept.format, kept.size, image.picture.width, image.picture.height) == (kind, (40, 30), 40, 30)
    assert KINDS[kind].split(".")[0] not in image.picture.file.name
    assert guest.get(f"/store/products/{product.pk}/").body["images"] == [answer.body]
    assert [item.picture for item in page_of(product).pictures.all()] == [image.picture]


def test_upload_images_keep_their_order(staff, guest, images):
    first, second = (upload(staff, images, draw()).body for _ in range(2))
    assert guest.get(images).told == (200, [first, second])
    assert guest.get(f"{images}{second['id']}/").told == (200, second)
    assert guest.get(f"{images}?page_size=1").body["results"] == [first]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_upload_image_of_every_mode(staff, images, mode):
    assert upload(staff, images, draw("PNG", mode=mode)).status == 201


def test_upload_image_in_print_colours(staff, images):
    answer = upload(staff, images, draw("JPEG", mode="CMYK"))
    assert Image.open(BytesIO(stored(answer.body["id"]))).mode == "RGB"


def test_upload_image_is_known_by_its_content(staff, images):
    answer = upload(staff, images, draw("WEBP"), name="virus.exe")
    assert answer.body["image"].endswith(".webp")


def test_upload_image_loses_what_hides_in_it(staff, images):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    answer = upload(staff, images, draw("JPEG", exif=exif) + b"<?php system('id'); ?>PK\x03\x04")
    content = stored(answer.body["id"])
    assert (answer.status, b"secret" in content, b"php" in content, b"PK" in content) == (
        201,
        False,
        False,
        False,
    )


def test_upload_image_stands_upright(staff, images):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    answer = upload(staff, images, draw("JPEG", exif=exif))
    assert Image.open(BytesIO(stored(answer.body["id"]))).size == (30, 40)


def test_upload_image_of_500_kilobytes(staff, images):
    content = draw("JPEG")
    fitting = content + b"\0" * (500 * 1024 - len(content))
    assert upload(staff, images, fitting).status == 201
    answer = upload(staff, images, fitting + b"\0")
    assert answer.told == (400, field_body(image=["Files cannot be larger than 500 KB"]))


@pytest.mark.parametrize(
    "content",
    [
        b"not an image",
        SVG,
        b"GIF89a;<script>alert(1)</script>",
        draw("TIFF"),
        draw("GIF"),
        draw("BMP"),
        draw("PNG")[:60],
        draw("JPEG")[:200],
        draw("WEBP")[:30],
        b"%PDF-1.4" + draw("PNG"),
        draw("PNG").replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n",
        claim_size(1000, 1000),
    ],
    ids=lambda content: repr(content[:8]),
)
def test_upload_what_is_no_image(staff, images, content):
    answer = upload(staff, images, content, name="photo.png")
    assert answer.told == (400, field_body(image=[NOT_AN_IMAGE]))
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("size", [(50_000, 50_000), (4001, 4000), (2**31 - 1, 2**31 - 1)])
def test_upload_pixel_bomb(staff, images, size):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    answer = upload(staff, images, claim_size(*size))
    assert (answer.status, answer.body["image"][0][:23]) == (400, "Upload a valid image. I")
    assert time.monotonic() - started < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_upload_nothing(staff, images):
    nothing = (400, field_body(image=["No file was submitted."]))
    assert staff.post(images, {}).told == nothing
    assert staff.post(images, {}, "form").told == nothing
    assert upload(staff, images, draw(), field="picture").told == nothing


def test_upload_what_is_no_file(staff, images):
    sentence = "The submitted data was not a file. Check the encoding type on the form."
    assert staff.post(images, {"image": "https://example.com/x.png"}).told == (
        400,
        field_body(image=[sentence]),
    )
    assert upload(staff, images, b"").told == (400, field_body(image=["The submitted file is empty."]))


def test_upload_who(guest, shopper, images):
    assert upload(guest, images, draw()).told == UNAUTHENTICATED
    assert upload(shopper, images, draw()).told == FORBIDDEN


def test_images_of_an_unknown_product(guest, staff):
    missing = (404, missing_body("Product"))
    hidden = make_item(is_live=False)
    for number in (999999, "9" * 30, hidden.pk):
        assert guest.get(f"/store/products/{number}/images/").told == missing
    assert upload(staff, "/store/products/999999/images/", draw()).told == missing
    assert guest.get("/store/products/abc/images/").told == NOT_FOUND


def test_image_missing_malformed_and_of_another_product(guest, staff, images):
    missing = (404, missing_body("ProductImage"))
    other = make_product(pictures=[make_picture()]).images.get()
    for number in (other.pk, 999999):
        assert guest.get(f"{images}{number}/").told == missing
        assert staff.delete(f"{images}{number}/").told == missing
    assert guest.get(f"{images}abc/").told == NOT_FOUND


def test_delete_image(staff, guest, shopper, product, images):
    first, second = (upload(staff, images, draw()).body for _ in range(2))
    path = f"{images}{first['id']}/"
    assert guest.delete(path).told == UNAUTHENTICATED
    assert shopper.delete(path).told == FORBIDDEN
    answer = staff.delete(path)
    assert (answer.status, answer.content) == (204, b"")
    assert guest.get(images).body == [second]
    assert page_of(product).pictures.count() == 1
    assert staff.delete(path).told == (404, missing_body("ProductImage"))


def test_image_methods_that_are_none(staff, images):
    path = f"{images}{upload(staff, images, draw()).body['id']}/"
    for method in ("POST", "PUT", "PATCH"):
        assert staff.send(method, path).told == refused_method(method)
    for method in ("PUT", "PATCH", "DELETE"):
        assert staff.send(method, images).told == refused_method(method)


def test_upload_image_for_a_draft_shows_when_it_is_published(staff, guest, product, images):
    page = page_of(product)
    page.unpublish()
    answer = upload(staff, images, draw())
    assert (answer.status, guest.get(images).status) == (201, 404)
    ProductPage.objects.get(pk=page.pk).save_revision().publish()
    assert guest.get(images).body == [answer.body]


def test_upload_image_keeps_an_open_draft(staff, product, images):
    draft = page_of(product)
    draft.title = "Next season"
    draft.save_revision()
    upload(staff, images, draw())
    page = page_of(product)
    assert (page.title == "Next season", page.pictures.count()) == (False, 1)
    latest = page.get_latest_revision_as_object()
    assert (latest.title, latest.pictures.count()) == ("Next season", 1)


def test_upload_image_for_a_variant_is_its_own(staff, guest, product, images):
    variant = make_variant(product)
    path = f"/store/products/{variant.pk}/images/"
    rows = [upload(staff, path, draw()).body for _ in range(2)]
    assert guest.get(path).body == rows
    assert guest.get(images).body == []
    assert staff.delete(f"{path}{rows[0]['id']}/").status == 204
    assert guest.get(path).body == rows[1:]


@pytest.mark.parametrize("rows", [1, 3])
def test_image_list_queries(guest, rows, count_queries):
    product = make_product(pictures=[make_picture() for _ in range(rows)])
    guest.get(f"/store/products/{product.pk}/images/")
    with count_queries(2) as counted:
        answer = guest.get(f"/store/products/{product.pk}/images/")
    assert (len(answer.body), len(counted)) == (rows, 2)
