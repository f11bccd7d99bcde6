"""What somebody typed, as what is to be matched: words, their singulars and synonyms."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from shop.models import Synonym
from shop.search.words import find_stem, list_query_words, list_words

LONGEST_PHRASE = 3  # words in a synonym

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One thing that a product must have: what was typed, or any phrase that means the same."""

    typed: Phrase
    others: tuple[Phrase, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The ways to say it in one word, plural and singular."""
        single = [phrase[0] for phrase in (self.typed, *self.others) if len(phrase) == 1]
        return tuple(dict.fromkeys(form for word in single for form in (word, find_stem(word))))

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The ways to say it in several words."""
        return tuple(phrase for phrase in (self.typed, *self.others) if len(phrase) > 1)


def parse_query(text: str) -> list[Term]:
    return group_words(list_query_words(text))


def group_words(words: Sequence[str]) -> list[Term]:
    """Words as terms; several words that have a synonym together are one term."""
    synonyms = read_synonyms() if words else {}
    terms, place = [], 0
    while place < len(words):
        typed = find_phrase(words[place:], synonyms)
        others = synonyms.get(make_key(typed), ())
        terms.append(Term(typed=typed, others=tuple(phrase for phrase in others if phrase != typed)))
        place += len(typed)
    return terms


def find_phrase(words: Sequence[str], synonyms: dict[Phrase, list[Phrase]]) -> Phrase:
    """The longest beginning that has synonyms, else the first word."""
    for length in range(min(LONGEST_PHRASE, len(words)), 1, -1):
        if make_key(words[:length]) in synonyms:
            return tuple(words[:length])
    return (words[0],)


def make_key(words: Sequence[str]) -> Phrase:
    return tuple(find_stem(word) for word in words)


def read_synonyms() -> dict[Phrase, list[Phrase]]:
    """Every phrase of every group, in the singular, with all phrases of its groups."""
    found: dict[Phrase, list[Phrase]] = defaultdict(list)
    for synonym in Synonym.objects.all():
        phrases = [tuple(list_words(phrase)[:LONGEST_PHRASE]) for phrase in synonym.phrases]
        for phrase in filter(None, phrases):
            found[make_key(phrase)] += [other for other in phrases if other]
    return found
