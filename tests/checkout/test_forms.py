import pytest

from checkout.forms import AddForm, CheckoutForm, QuantityForm

FILLED = {
    "email": "asha@example.com",
    "name": "Asha Rao",
    "phone": "+91 98765 43210",
    "line1": "12 MG Road",
    "line2": "",
    "postal_code": "560038",
    "city": "Bengaluru",
    "state": "KA",
    "note": "",
    "accept_terms": "on",
}


def test_filled_form_is_accepted():
    form = CheckoutForm(FILLED)
    assert form.errors == {}
    assert form.cleaned_data["state"] == "KA"


@pytest.mark.parametrize("name", sorted(set(FILLED) - {"line2", "note"}))
def test_field_that_is_needed_says_so(name):
    form = CheckoutForm({**FILLED, name: ""})
    assert list(form.errors) == [name]
    assert len(form.errors[name]) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", "asha@"),
        ("email", "a@b.c\nBcc: x@y.z"),
        ("phone", "call me"),
        ("postal_code", "56003"),
        ("postal_code", "012345"),
        ("state", "XX"),
        ("name", "A" * 151),
        ("note", "x" * 501),
    ],
)
def test_field_that_makes_no_sense_is_refused(name, value):
    assert list(CheckoutForm({**FILLED, name: value}).errors) == [name]


def test_terms_are_accepted_by_a_sentence():
    errors = CheckoutForm({**FILLED, "accept_terms": ""}).errors
    assert errors["accept_terms"] == ["Accept the terms to place the order."]


@pytest.mark.parametrize(("typed", "quantity"), [("", 1), ("1", 1), ("100000", 100000)])
def test_quantity_to_add_is_one_unless_typed(typed, quantity):
    form = AddForm({"product_id": "7", "quantity": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"product_id": 7, "quantity": quantity}


@pytest.mark.parametrize("typed", ["0", "-1", "100001", "1.5", "many", "1e3", "NaN"])
def test_quantity_to_add_is_a_whole_number_within_bounds(typed):
    assert not AddForm({"product_id": "7", "quantity": typed}).is_valid()


@pytest.mark.parametrize(
    ("typed", "is_valid"), [("0", True), ("5", True), ("-1", False), ("", False), ("100001", False)]
)
def test_quantity_of_a_line_may_be_nothing(typed, is_valid):
    assert QuantityForm({"quantity": typed}).is_valid() is is_valid


def test_business_is_cleaned_together():
    form = CheckoutForm({**FILLED, "company": "Rao Stores", "gstin": "29 aaach7409r1zx"})
    assert form.errors == {}
    assert (form.cleaned_data["company"], form.cleaned_data["gstin"]) == ("Rao Stores", "29AAACH7409R1ZX")
    assert form.is_for_business
    assert not CheckoutForm(FILLED).is_for_business
    assert not CheckoutForm().is_for_business


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"company": "Rao Stores"}, "gstin"),
        ({"gstin": "29AAACH7409R1ZX"}, "company"),
        ({"company": "Rao Stores", "gstin": "29AAACH7409R1ZY"}, "gstin"),
        ({"company": "Rao Stores", "gstin": "32AAACH7409R1ZA"}, "gstin"),
    ],
)
def test_business_that_cannot_be_is_refused_beside_its_field(typed, field):
    assert list(CheckoutForm({**FILLED, **typed}).errors) == [field]


def test_gstin_waits_for_a_state_that_is_missing():
    form = CheckoutForm({**FILLED, "state": "", "company": "Rao Stores", "gstin": "29AAACH7409R1ZX"})
    assert list(form.errors) == ["state"]
