import pytest

from shop.models import ProductOption, Review, StockMovement, Tag
from tests.factories.catalogue import make_item, make_tax_class

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("inventory", "only_left"), [(0, None), (1, 1), (5, 5), (6, None)])
def test_only_left_is_said_where_stock_is_low(inventory, only_left):
    assert make_item(inventory=inventory, low_stock_threshold=5).only_left == only_left


def test_lead_of_a_variant_is_the_product_with_the_page():
    lead = make_item()
    assert lead.lead_id == lead.pk
    assert make_item(variant_of=lead).lead_id == lead.pk


def test_rows_say_what_they_are():
    product = make_item(title="Lamp", sku="LAMP-1", inventory=3, options={"Size": "M"})
    assert str(product) == "Lamp (LAMP-1)"
    assert str(ProductOption.objects.get()) == "Size: M"
    assert str(StockMovement.objects.get()) == "+3 (First stock)"
    assert str(Tag(name="Brass")) == "Brass"
    assert str(Review(name="Asha", description="Good " * 30)) == "Asha: " + ("Good " * 12)


def test_a_lead_with_a_choice_says_it_in_carts_and_orders():
    lead = make_item(title="Cotton shirt", options={"Colour": "Indigo", "Size": "M"})

    assert lead.title == "Cotton shirt"
    assert lead.full_title == "Cotton shirt, Indigo, M"


def test_a_variant_says_its_choice_once():
    lead = make_item(title="Cotton shirt")
    variant = make_item(title="Cotton shirt, Madder", options={"Colour": "Madder"}, variant_of=lead)

    assert variant.full_title == "Cotton shirt, Madder"


def test_product_has_the_hsn_code_and_kind_of_its_class():
    grain = make_tax_class(name="Grain", rate="0.00", kind="exempt", hsn_code="1006")
    rice = make_item(tax_class_id=grain.pk)
    assert (rice.hsn_code_in_force, rice.tax_kind) == ("1006", "exempt")


def test_own_hsn_code_of_a_product_wins():
    pots = make_tax_class(hsn_code="6912")
    assert make_item(tax_class_id=pots.pk, hsn_code="691110").hsn_code_in_force == "691110"


def test_product_without_a_class_is_taxable():
    pot = make_item()
    assert (pot.hsn_code_in_force, pot.tax_kind) == ("", "taxable")
