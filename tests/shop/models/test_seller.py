import pytest
from django.core.exceptions import ValidationError

from shop.models import SellerSettings, TaxSettings
from tests.factories.catalogue import GSTIN, SELLER, set_seller

pytestmark = pytest.mark.django_db


def complaints(**fields) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        SellerSettings(**{**SELLER, **fields}).full_clean()
    return refused.value.message_dict


def test_seller_is_not_registered_unless_set():
    seller = SellerSettings.load()
    assert (seller.name, seller.gstin, seller.pan, seller.state) == ("Haat", "", "", "")
    seller.full_clean()


def test_registered_seller_has_a_pan():
    seller = set_seller()
    assert (seller.gstin, seller.pan) == (GSTIN, "AAACH7409R")
    assert seller.name == "Haat Handmade Private Limited"


def test_state_of_the_seller_is_part_of_the_terms():
    assert TaxSettings.current_terms().seller_state == ""
    set_seller()
    assert TaxSettings.current_terms().seller_state == "KA"


def test_gstin_of_another_state_is_refused():
    assert complaints(state="KL") == {"gstin": ["This GSTIN is of Karnataka, but the address is in Kerala."]}


def test_gstin_with_a_slip_is_refused():
    assert "gstin" in complaints(gstin="29AAACH7409R1ZY")


def test_registered_seller_has_name_and_address():
    assert set(complaints(legal_name="", line1="", city="", postal_code="", state="")) == {
        "legal_name",
        "line1",
        "city",
        "postal_code",
        "state",
    }


def test_letters_of_invoices_and_credit_notes_differ():
    assert complaints(invoice_prefix="A", credit_note_prefix="A") == {
        "credit_note_prefix": ["Choose other letters than those of the invoices."]
    }


@pytest.mark.parametrize("prefix", ["", "ABCD", "in", "A/B", "Ä"])
def test_letters_that_would_not_fit_a_number_are_refused(prefix):
    assert "invoice_prefix" in complaints(invoice_prefix=prefix)
