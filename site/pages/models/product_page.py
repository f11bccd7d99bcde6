from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from pages.blocks import ProductBody
from pages.blocks.facts import RelatedProducts, Specifications
from pages.headless.fields import BodyField, CardField, GalleryField
from pages.models.bonded_page import BondedPage
from pages.models.collection_page import CollectionPage
from pages.models.dated_preview import DatedPreviewMixin
from pages.panels import ChecksPanel, ChoicesPanel, FactsPanel
from pages.product_view import show_product
from shop.models import Product, ProductImage
from shop.services.announcements import announcing_changes
from shop.services.products import ProductFacts, add_product, copy_content


class ProductPage(DatedPreviewMixin, BondedPage):
    """What is read about a product: words and pictures, in drafts and revisions.

    The product itself (price, stock, SKU) is no part of any revision. Inserting the page inserts its
    product; publishing copies title, slug, description and pictures to it.
    """

    product = models.OneToOneField(
        "shop.Product", on_delete=models.PROTECT, related_name="page", editable=False
    )
    description = models.TextField(
        _("description"), blank=True, default="", help_text=_("One or two sentences, shown beside the price.")
    )
    body = StreamField(ProductBody(), blank=True, verbose_name=_("body"))
    specifications = StreamField(Specifications(), blank=True, verbose_name=_("specifications"))
    related = StreamField(
        RelatedProducts(),
        blank=True,
        verbose_name=_("goes well with"),
        help_text=_("Empty: others of the same collection."),
    )

    bond = "product"
    content_panels = [
        *Page.content_panels,
        FactsPanel(heading=_("Price, stock and tax")),
        ChoicesPanel(heading=_("Sizes and colours")),
        FieldPanel("description"),
        InlinePanel("pictures", heading=_("Pictures"), label=_("Picture")),
        FieldPanel("body"),
        FieldPanel("specifications"),
        FieldPanel("related"),
        ChecksPanel(heading=_("Content checks")),
    ]
    api_fields = [
        APIField("product"),
        APIField("card", serializer=CardField()),
        APIField("description"),
        APIField("pictures", serializer=GalleryField()),
        APIField("body", serializer=BodyField()),
        APIField("specifications", serializer=BodyField()),
        APIField("related", serializer=BodyField()),
    ]
    page_description = _("Something that is sold: words, pictures, price and stock")
    parent_page_types = ["pages.CollectionPage"]
    subpage_types: list[str] = []

    # What the product that comes with a new page is like; the one door sets it before inserting.
    new_facts = ProductFacts()

    class Meta:
        verbose_name = _("product page")

    def save(self, *args, **kwargs):
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new and self.live:
            self.copy_pictures()

    def add_counterpart(self) -> None:
        """A new page that already names a product is a copy: its own product begins with the facts of that one."""
        facts = self.new_facts if self.product_id is None else list_facts(self.product)
        self.product = add_product(
            facts=facts,
            title=self.title,
            slug=self.slug,
            description=self.description,
            collection=self.find_collection_page().collection,
            is_live=self.live,
        )

    def find_collection_page(self) -> CollectionPage:
        """The page above. Raises `CollectionPage.DoesNotExist` where that is no collection."""
        return CollectionPage.objects.select_related("collection").get(path=self.path[: -self.steplen])

    def update_counterpart(self) -> None:
        """Let the product say what the live page says. Price and stock do not pass through here."""
        # Read now and locked: its price decides whether it is sold.
        self.product = Product.objects.select_for_update().get(pk=self.product_id)
        if self.live and self.product.archived_at:
            self.restore_family()
        if self.speaks_for_itself:
            self.copy_content()
        else:
            self.hide_family()
        if self.live:
            self.copy_pictures()

    def copy_content(self) -> None:
        copy_content(
            product=self.product,
            title=self.title,
            slug=self.slug,
            description=self.description,
            collection_id=self.find_collection_page().collection_id,
            is_live=self.live,
        )

    def family(self) -> models.QuerySet[Product]:
        """The product with its variants."""
        return Product.objects.filter(models.Q(pk=self.product_id) | models.Q(variant_of=self.product_id))

    def hide_family(self) -> None:
        collection_id = self.find_collection_page().collection_id
        with announcing_changes(self.family()):
            self.family().update(is_live=False, collection_id=collection_id, last_update=timezone.now())

    def restore_family(self) -> None:
        """Whoever publishes an archived page brings its product back, with what was archived along with it."""
        self.family().filter(archived_at=self.product.archived_at).update(archived_at=None)
        self.product.archived_at = None

    def copy_pictures(self) -> None:
        """One list of pictures for page and API; a picture that stays keeps its id."""
        wanted = {}
        for position, item in enumerate(self.pictures.all()):
            wanted.setdefault(item.picture_id, (position, item.caption))
        kept = {image.picture_id: image for image in self.product.images.all()}
        for picture_id, image in kept.items():
            if picture_id not in wanted:
                image.delete()
        for picture_id, (position, caption) in wanted.items():
            image = kept.get(picture_id) or ProductImage(product=self.product, picture_id=picture_id)
            if image.pk is None or (image.position, image.caption) != (position, caption):
                image.position, image.caption = position, caption
                image.save()

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, **show_product(page=self, request=request)}


def list_facts(product: Product) -> ProductFacts:
    """What the product of a copied page takes over: all but the SKU, which is unique, and the stock."""
    return ProductFacts(
        unit_price=product.unit_price,
        low_stock_threshold=product.low_stock_threshold,
        weight_grams=product.weight_grams,
        hsn_code=product.hsn_code,
        tax_class_id=product.tax_class_id,
        tags=tuple(product.tags.values_list("name", flat=True)),
        options={option.name: option.value for option in product.options.all()},
    )


class ProductPagePicture(Orderable):
    """A picture of the page, in the order and with the caption the editor chose."""

    page = ParentalKey(ProductPage, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        "shop.Picture", on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=255, blank=True, default="")

    panels = [FieldPanel("picture"), FieldPanel("caption")]
