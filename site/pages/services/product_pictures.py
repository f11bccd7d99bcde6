"""A product's pictures, as the API adds and removes them: one list for its page and the API."""

from django.db.models import Max

from database.transactions import entry_service
from pages.models import ProductPage, ProductPagePicture
from pages.services.publishing import publish_change
from shop.models import Picture, Product, ProductImage
from shop.uploads import CleanPicture, store_picture


def upload_product_picture(*, product_id: int, clean: CleanPicture, user=None) -> ProductImage:
    """Store the file, then put the picture behind the others. Raises `Product.DoesNotExist`; no file stays then."""
    title = Product.objects.get(pk=product_id).title
    picture = store_picture(clean, title=title, user=user)
    try:
        return add_product_picture(product_id=product_id, picture=picture, user=user)
    except BaseException:
        picture.file.storage.delete(picture.file.name)
        raise


@entry_service
def add_product_picture(*, product_id: int, picture: Picture, user=None) -> ProductImage:
    """Insert the picture's row and put it behind the product's others; a live page publishes it.

    A size or colour has pictures of its own, beside the page. Raises `Product.DoesNotExist`.
    """
    product = Product.objects.select_for_update().get(pk=product_id)
    return attach_picture(product=product, picture=picture, user=user)


def attach_picture(*, product: Product, picture: Picture, user=None) -> ProductImage:
    """The inside of `add_product_picture`, for callers that add many in one transaction."""
    picture.pk = None  # safe to repeat with a repeated transaction
    picture.save(force_insert=True)
    if product.variant_of_id:
        last = product.images.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        return ProductImage.objects.create(product=product, picture=picture, position=position)
    page = ProductPage.objects.get(product=product)
    publish_change(page=page, change=lambda version: append_picture(version, picture), user=user)
    copy_to_product(page)
    return ProductImage.objects.get(product=product, picture=picture)


def append_picture(page: ProductPage, picture: Picture) -> None:
    last = max((item.sort_order or 0 for item in page.pictures.all()), default=-1)
    page.pictures.add(ProductPagePicture(picture=picture, sort_order=last + 1))


@entry_service
def remove_product_picture(*, image_id: int, user=None) -> None:
    """Take a picture off its product and page. The library keeps it: other pages may show it.

    Raises `ProductImage.DoesNotExist`.
    """
    image = ProductImage.objects.select_related("product").get(pk=image_id)
    product = Product.objects.select_for_update().get(pk=image.product_id)
    if product.variant_of_id:
        image.delete()
        return
    page = ProductPage.objects.get(product=product)
    publish_change(page=page, change=lambda version: drop_picture(version, image.picture_id), user=user)
    copy_to_product(page)


def drop_picture(page: ProductPage, picture_id: int) -> None:
    dropped = [item for item in page.pictures.all() if item.picture_id == picture_id]
    page.pictures.remove(*dropped)


def copy_to_product(page: ProductPage) -> None:
    """A page that is not live copies its pictures when it is published; the API shows them to staff at once."""
    if not page.live:
        page.copy_pictures()
