import pytest

from accounts.enums import IndianState
from accounts.pin_codes import DISTRICTS, guess_state
from pages.demo.customers import generate_customers


@pytest.mark.parametrize(
    ("pin_code", "state"),
    [
        ("110001", "DL"),
        ("403001", "GA"),
        ("400001", "MH"),
        ("560038", "KA"),
        ("605001", "PY"),
        ("744101", "AN"),
        ("834001", "JH"),
        ("824101", "BR"),
        ("999999", ""),
        ("56003", ""),
        ("٥٦٠٠٣٨", ""),
        ("", ""),
    ],
)
def test_state_of_a_pin_code(pin_code, state):
    assert guess_state(pin_code) == state


def test_guess_agrees_with_the_addresses_of_the_demo_shop():
    states = {str(label): code for code, label in IndianState.choices}
    wrong = [
        person.pin_code
        for person in generate_customers()
        if guess_state(person.pin_code) != states[person.state]
    ]
    assert wrong == []


def test_every_state_with_districts_of_its_own_is_known():
    """Two lie within the districts of their neighbours."""
    assert set(IndianState.values) - {state for _, _, state in DISTRICTS} == {"DH", "LD"}
