"""Words that are nearly the same: two that are one letter apart share a form with one letter left out.

Two that sound alike share the form of their sound: Indian words are written in many ways with Latin letters.
"""

import re

SOUNDS = (
    *(("ph", "f"), ("ck", "k"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("kh", "k"), ("gh", "g")),
    *(("aa", "a"), ("ee", "i"), ("ie", "i"), ("oo", "u"), ("ou", "u"), ("w", "v"), ("z", "j"), ("c", "k")),
    *(("y", "i"), ("q", "k"), ("x", "ks")),
)
DOUBLED = re.compile(r"(.)\1+")
SILENT_END = re.compile(r"(?<=..)(?:e|h)$")
SOUND_MARK = "~"  # no word begins with it
LONGEST_FORM = 40
SHORTEST_CORRECTED = 4
SHORTEST_WITH_TWO = 8


def list_forms(word: str) -> set[str]:
    """The word itself, the word without each of its letters, and its sound."""
    shorter = (word[:place] + word[place + 1 :] for place in range(len(word)))
    return {word, *shorter, (SOUND_MARK + find_sound(word))[:LONGEST_FORM]}


def find_sound(word: str) -> str:
    """The word as one may hear it: saree and sari, achaar and achar."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return SILENT_END.sub("", DOUBLED.sub(r"\1", word))


def find_allowance(word: str) -> int:
    """How many letters may be wrong: none in a short word, two in a long one."""
    if len(word) < SHORTEST_CORRECTED:
        return 0
    return 1 if len(word) < SHORTEST_WITH_TWO else 2


def measure_error(typed: str, meant: str) -> int:
    """How far what was typed is from what was meant; what sounds the same is one letter away."""
    distance = measure_distance(typed, meant)
    return min(distance, 1) if find_sound(typed) == find_sound(meant) else distance


def measure_distance(one: str, other: str) -> int:
    """How many letters must be added, left out, replaced or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            best = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            current.append(min(best, before[column - 2] + 1) if swapped else best)
        before, above = above, current
    return above[-1]
