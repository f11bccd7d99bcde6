"""Sizes and colours from the page editor: products of their own, beside the lead that has the page."""

from decimal import Decimal

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from database.transactions import entry_service
from pages.models import ProductPage
from pages.services.products import find_lead, insert_variant
from shop.models import Product, ProductOption
from shop.services.products import ProductFacts, announce_change


class ChoiceRefused(Exception):
    """The family has this choice already, or nobody said which one the first product is. `field` is to blame."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@entry_service
def add_choice(
    *, page_id: int, name: str, own: str, value: str, unit_price: Decimal, inventory: int, user=None
) -> Product:
    """Offer the page's product in one more size or colour; at once, whatever becomes of the draft.

    `name` is what tells them apart (Size), `value` the new one (M), and `own` what the lead itself is (S), where it
    has no word yet. `unit_price` in rupees, as typed. Raises `ChoiceRefused`, `ProductPage.DoesNotExist`.
    """
    page = ProductPage.objects.get(pk=page_id)
    Product.objects.select_for_update().get(pk=page.product_id)
    lead = find_lead(page.product_id)
    name = name_lead(lead, name=name, own=own)
    taken = ProductOption.objects.filter(product__in=page.family(), name=name)
    if any(value.casefold() == option.value.casefold() for option in taken):
        raise ChoiceRefused(_("There is a “%(value)s” already.") % {"value": value}, field="value")
    facts = ProductFacts(
        unit_price=unit_price,
        inventory=inventory,
        low_stock_threshold=lead.low_stock_threshold,
        hsn_code=lead.hsn_code,
        tax_class_id=lead.tax_class_id,
        options={name: value},
    )
    made = insert_variant(lead=lead, facts=facts)
    data = {"choice": value, "unit_price": str(unit_price), "inventory": inventory}
    log(instance=page, action="haat.add_choice", user=user, data=data)
    return made


def name_lead(lead: Product, *, name: str, own: str) -> str:
    """Write what the lead itself is, once. Returns what tells this family apart."""
    known = lead.options.first()
    if known is not None:
        return known.name
    if not own:
        sentence = _("Say which one the product above is: then shoppers can choose between them.")
        raise ChoiceRefused(sentence, field="own")
    ProductOption.objects.create(product=lead, name=name, value=own)
    lead.choice = own
    lead.save(update_fields=["choice", "last_update"])
    announce_change(product_id=lead.pk)
    return name
