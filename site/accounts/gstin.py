"""GST identification numbers: 15 characters of state code, PAN, registration number, Z and a check character."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.in_ import gstin as standard

from accounts.enums import IndianState

# The two digits that GST numbers and invoices use for a state. 25 went to 26 and 28 to 37 with the mergers
# and the split of 2014 to 2020; nobody is registered under them any more.
STATE_CODES: dict[str, str] = {
    IndianState.JK: "01",
    IndianState.HP: "02",
    IndianState.PB: "03",
    IndianState.CH: "04",
    IndianState.UK: "05",
    IndianState.HR: "06",
    IndianState.DL: "07",
    IndianState.RJ: "08",
    IndianState.UP: "09",
    IndianState.BR: "10",
    IndianState.SK: "11",
    IndianState.AR: "12",
    IndianState.NL: "13",
    IndianState.MN: "14",
    IndianState.MZ: "15",
    IndianState.TR: "16",
    IndianState.ML: "17",
    IndianState.AS: "18",
    IndianState.WB: "19",
    IndianState.JH: "20",
    IndianState.OD: "21",
    IndianState.CG: "22",
    IndianState.MP: "23",
    IndianState.GJ: "24",
    IndianState.DH: "26",
    IndianState.MH: "27",
    IndianState.KA: "29",
    IndianState.GA: "30",
    IndianState.LD: "31",
    IndianState.KL: "32",
    IndianState.TN: "33",
    IndianState.PY: "34",
    IndianState.AN: "35",
    IndianState.TS: "36",
    IndianState.AP: "37",
    IndianState.LA: "38",
}
STATES = {code: state for state, code in STATE_CODES.items()}


class InvalidGstin(Exception):
    """The text is no GSTIN that anybody could have, or not one of the state in question."""


@dataclass(frozen=True)
class Gstin:
    """A GSTIN that may exist. `state` is the code of `IndianState`; `pan` the holder's income tax number."""

    number: str
    state: str
    pan: str


def read_gstin(text: str, *, state: str = "") -> Gstin:
    """What a GSTIN says, however it was typed. Raises `InvalidGstin` with a sentence for whoever typed it.

    With a `state` the number has to be one of that state.
    """
    number = standard.compact(text)
    try:
        standard.validate(number)
    except InvalidChecksum as error:
        raise InvalidGstin(
            _("The last character does not match the others. Please compare the GSTIN with its certificate.")
        ) from error
    except ValidationError as error:
        raise InvalidGstin(_("Enter a GSTIN of 15 characters, for example 27AAPFU0939F1ZV.")) from error
    found = STATES.get(number[:2])
    if found is None:
        raise InvalidGstin(_("A GSTIN begins with the two digits of a state; these are of none."))
    if state and found != state:
        names = {"found": IndianState(found).label, "wanted": IndianState(state).label}
        raise InvalidGstin(_("This GSTIN is of %(found)s, but the address is in %(wanted)s.") % names)
    return Gstin(number=number, state=found, pan=number[2:12])
