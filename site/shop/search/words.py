"""Texts as the words that search compares: one case, no accents, Devanagari as it is written."""

import re
import unicodedata

LONGEST_WORD = 40
MOST_WORDS = 8  # of a query; each is a condition
# They say nothing about what is wanted, so a query does without them where it has other words.
STOP_WORDS = frozenset(
    (
        *("a", "an", "any", "i", "it", "me", "my", "our", "some", "that", "the", "us", "we", "your"),
        *("and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "or", "to", "with"),
    )
)
# Latin accents and the Devanagari nukta: who types without them means the same.
DROPPED_MARKS = re.compile("[\u0300-\u036f\u093c\u200c\u200d'’]")
SHORTEST_PLURAL = 4
IRREGULAR = {
    "children": "child",
    "feet": "foot",
    "knives": "knife",
    "leaves": "leaf",
    "loaves": "loaf",
    "men": "man",
    "scarves": "scarf",
    "shelves": "shelf",
    "teeth": "tooth",
    "women": "woman",
}


def list_words(text: str) -> list[str]:
    """Every word of a text, in order. A vowel sign belongs to its letter, so marks are kept together with letters."""
    plain = DROPPED_MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    spaced = "".join(
        letter if is_of_a_word(letter) else " " for letter in unicodedata.normalize("NFC", plain)
    )
    return [word[:LONGEST_WORD] for word in spaced.split()]


def is_of_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"


def list_query_words(text: str) -> list[str]:
    """The words that somebody looks for, without those that say nothing, unless there are no others."""
    words = list_words(text)
    telling = [word for word in words if word not in STOP_WORDS]
    return list(dict.fromkeys(telling or words))[:MOST_WORDS]


def find_stem(word: str) -> str:
    """The singular of an English plural; any other word as it is."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > SHORTEST_PLURAL:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]
