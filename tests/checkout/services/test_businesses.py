import pytest

from checkout.services.businesses import InvalidBusiness, read_business

KERALA = "32AAACH7409R1ZA"


def test_buyer_who_is_no_business_has_neither():
    assert read_business(company="", gstin=" ", state="KA") == {"company": "", "gstin": ""}


def test_business_is_kept_as_it_is_registered():
    told = read_business(company=" Rao Stores ", gstin="32 aaach7409r1za", state="KL")
    assert told == {"company": "Rao Stores", "gstin": KERALA}


def test_order_without_an_address_takes_a_gstin_of_any_state():
    assert read_business(company="Rao Stores", gstin=KERALA, state="")["gstin"] == KERALA


@pytest.mark.parametrize(
    ("company", "gstin", "field", "sentence"),
    [
        ("Rao Stores", "", "gstin", "Enter the GSTIN of the business, or leave out its name."),
        ("", KERALA, "company", "Enter the name of the business, as its GST certificate has it."),
        ("Rao Stores", "32AAACH7409R1ZB", "gstin", "The last character does not match"),
        (
            "Rao Stores",
            "29AAACH7409R1ZX",
            "gstin",
            "This GSTIN is of Karnataka, but the address is in Kerala.",
        ),
    ],
)
def test_business_that_cannot_be_is_refused_beside_its_field(company, gstin, field, sentence):
    with pytest.raises(InvalidBusiness, match=sentence) as refused:
        read_business(company=company, gstin=gstin, state="KL")
    assert refused.value.field == field
