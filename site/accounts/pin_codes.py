"""Which state a PIN code most likely lies in, by its first three digits (India Post's sorting districts).

A help, not a rule: some districts cross a border, and what a person chooses themself counts.
"""

from accounts.enums import IndianState as S

# (first and last district, state); of several the last one counts.
DISTRICTS: tuple[tuple[int, int, S], ...] = (
    (110, 110, S.DL),
    (121, 136, S.HR),
    (140, 159, S.PB),
    (160, 160, S.CH),
    (171, 177, S.HP),
    (180, 193, S.JK),
    (194, 194, S.LA),
    (201, 285, S.UP),
    (248, 249, S.UK),
    (263, 263, S.UK),
    (301, 345, S.RJ),
    (360, 396, S.GJ),
    (400, 445, S.MH),
    (403, 403, S.GA),
    (450, 488, S.MP),
    (490, 497, S.CG),
    (500, 509, S.TS),
    (510, 535, S.AP),
    (560, 591, S.KA),
    (600, 643, S.TN),
    (605, 605, S.PY),
    (670, 695, S.KL),
    (700, 743, S.WB),
    (737, 737, S.SK),
    (744, 744, S.AN),
    (751, 770, S.OD),
    (781, 788, S.AS),
    (790, 792, S.AR),
    (793, 794, S.ML),
    (795, 795, S.MN),
    (796, 796, S.MZ),
    (797, 798, S.NL),
    (799, 799, S.TR),
    (800, 855, S.BR),
    (814, 816, S.JH),
    (822, 822, S.JH),
    (825, 835, S.JH),
)


def guess_state(pin_code: str) -> str:
    """The code of the state, or "" where the PIN code is none or its district is not known."""
    if len(pin_code) != 6 or not (pin_code.isascii() and pin_code.isdigit()):
        return ""
    district = int(pin_code[:3])
    found = [state for first, last, state in DISTRICTS if first <= district <= last]
    return str(found[-1]) if found else ""
