import pytest

from accounts.enums import IndianState
from accounts.gstin import STATE_CODES, STATES, Gstin, InvalidGstin, read_gstin

CERTIFICATE = "compare the GSTIN with its certificate"
EXAMPLE = "Enter a GSTIN of 15 characters"


def test_gstin_says_state_and_pan():
    assert read_gstin("29AAACH7409R1ZX") == Gstin("29AAACH7409R1ZX", state="KA", pan="AAACH7409R")


@pytest.mark.parametrize(
    "typed", ["27aapfu0939f1zv", " 27 AAPFU0939F 1ZV ", "27-AAPFU-0939F-1ZV", "２７AAPFU0939F1ZV"]
)
def test_gstin_is_read_however_it_was_typed(typed):
    assert read_gstin(typed).number == "27AAPFU0939F1ZV"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("29AAACH7409R1ZY", CERTIFICATE),
        ("29AAACH7409S1ZX", CERTIFICATE),
        ("", EXAMPLE),
        ("29AAACH7409R1Z", EXAMPLE),
        ("29AAACH7409R1ZXX", EXAMPLE),
        ("AAACH7409R", EXAMPLE),
        ("00AAACH7409R1Z0", EXAMPLE),
        ("29AAACH7409R1XX", EXAMPLE),
    ],
)
def test_what_is_no_gstin_is_refused_with_what_to_do(typed, sentence):
    with pytest.raises(InvalidGstin, match=sentence):
        read_gstin(typed)


def test_gstin_of_no_present_state_is_refused():
    with pytest.raises(InvalidGstin, match="begins with the two digits of a state"):
        read_gstin("28AAACH7409R1ZZ")


def test_gstin_of_another_state_is_refused():
    assert read_gstin("29AAACH7409R1ZX", state="KA").state == "KA"
    with pytest.raises(InvalidGstin, match="is of Karnataka, but the address is in Kerala"):
        read_gstin("29AAACH7409R1ZX", state="KL")


def test_every_state_has_a_code_of_its_own():
    assert set(STATE_CODES) == set(IndianState)
    assert len(STATES) == len(STATE_CODES) == 36
    assert (STATE_CODES["JK"], STATE_CODES["KA"], STATE_CODES["LA"]) == ("01", "29", "38")
