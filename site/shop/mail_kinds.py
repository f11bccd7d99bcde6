"""The mail that a product is back: its words, and what they may name."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from notifications.kinds import MailKind, Sample
from shop.models import Product


def describe_product(product: Product) -> Sample:
    link = settings.BASE_URL + reverse("product", args=[product.pk])
    return Sample(
        values={"product": product.full_title}, context={"url": link, "button": _now("See it in the shop")}
    )


def sample_product(kind: MailKind) -> Sample:
    product = Product.objects.live().order_by("-pk").first() or Product(pk=1, title=_now("Brass lamp"))
    sample = describe_product(product)
    return Sample(values=sample.values, context={**sample.context, "unsubscribe_url": "#"})


KINDS = (
    MailKind(
        key="back_in_stock",
        label=_("Back in stock"),
        group=_("Marketing"),
        subject=_("{product} is back"),
        heading=_("{product} is back"),
        opening=_("Hello,\n\nyou wanted to know: {product} can be bought again at {shop_name}."),
        closing=_("We cannot keep one for you: first come, first served. This is the only mail about it."),
        why_sent=_("You get this mail because you asked {shop_name} to tell you when the product is back."),
        placeholders={"product": _("the product's title")},
        sample="shop.mail_kinds.sample_product",
        still_wanted="shop.services.stock_watch.is_back",
    ),
)
