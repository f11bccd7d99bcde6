"""Keeps the words by which products are found. Inner services, but for those that mend the index."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from database.transactions import entry_service
from shop.models import Product, SearchSpelling, SearchWord
from shop.search.spelling import list_forms
from shop.search.words import find_stem, list_words

# What the thing is, what else its title says, what is said behind a comma or a “with”, and so on.
THING, TITLE, DETAIL, CHOICE, COLLECTION, DESCRIPTION = 16, 12, 5, 5, 3, 2
BEFORE_DETAILS = re.compile(r",|\b(?:with|for|in|from)\b")
BATCH = 50

# Words with their weights, and whether they stand as they are in title or description.
Weights = dict[str, tuple[int, bool]]


def index_products(lead_ids: Iterable[int]) -> None:
    """Write the words of these products in lists anew; only what differs is written."""
    leads = Product.objects.filter(pk__in=list(lead_ids), variant_of=None).select_related("collection")
    read = leads.prefetch_related("tags", "options", "variants__options", "search_words")
    stale: list[int] = []
    missing: list[SearchWord] = []
    for lead in read.order_by("pk"):
        wanted, present = weigh_words(lead), {row.word: row for row in lead.search_words.all()}
        right = {word for word, row in present.items() if wanted.get(word) == (row.weight, row.is_text)}
        stale += [row.pk for word, row in present.items() if word not in right]
        missing += [
            SearchWord(product=lead, word=word, weight=weight, is_text=is_text)
            for word, (weight, is_text) in sorted(wanted.items())
            if word not in right
        ]
    if stale:
        SearchWord.objects.filter(pk__in=stale).delete()
    if missing:
        # A database that knows no accents may take two words for one: the first stays.
        SearchWord.objects.bulk_create(missing, ignore_conflicts=True, batch_size=1000)
        add_spellings(sorted({row.word for row in missing}))


def weigh_words(lead: Product) -> Weights:
    """By each word of a product with its variants how much it says, the most that it says anywhere."""
    found: Weights = {}
    add_title(found, lead.title)
    add_text(found, lead.description, weight=DESCRIPTION, is_text=True)
    add_text(found, lead.collection.title, weight=COLLECTION)
    for tag in lead.tags.all():
        add_text(found, tag.name, weight=CHOICE)
    for item in (lead, *lead.variants.all()):
        add_text(found, item.sku, weight=CHOICE)
        for option in item.options.all():
            add_text(found, option.value, weight=CHOICE)
    return found


def add_title(found: Weights, title: str) -> None:
    """“Leather satchel with shoulder strap, tan” is a satchel; that it is of leather says more than the strap."""
    name = BEFORE_DETAILS.split(title, maxsplit=1)[0].strip() or title
    add_text(found, title, weight=DETAIL, is_text=True)
    add_text(found, name, weight=TITLE, is_text=True)
    add_text(found, name.split()[-1] if name else "", weight=THING, is_text=True)


def add_text(found: Weights, text: str, *, weight: int, is_text: bool = False) -> None:
    for word in list_words(text):
        stem = find_stem(word)
        for form, is_typed in {word: is_text, stem: is_text and stem == word}.items():
            known_weight, known_text = found.get(form, (0, False))
            found[form] = (max(known_weight, weight), known_text or is_typed)


def add_spellings(words: Sequence[str]) -> None:
    """Note the forms of words that were never indexed before; nobody misspells a number."""
    known = set(SearchSpelling.objects.filter(form__in=words).values_list("word", flat=True))
    fresh = [word for word in words if word not in known and not word.isdecimal()]
    rows = [SearchSpelling(form=form, word=word) for word in fresh for form in sorted(list_forms(word))]
    SearchSpelling.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def index_missing() -> int:
    """Index what has no words yet, as after an upgrade. Returns how many products that were."""
    unknown = Product.objects.leads().filter(~Exists(SearchWord.objects.filter(product=OuterRef("pk"))))
    return index_in_batches(list(unknown.order_by("pk").values_list("pk", flat=True)))


def rebuild_index() -> int:
    """Index everything anew: a tag or a collection that was renamed tells no product. Returns how many there are."""
    return index_in_batches(list(Product.objects.leads().order_by("pk").values_list("pk", flat=True)))


def index_in_batches(lead_ids: list[int]) -> int:
    for start in range(0, len(lead_ids), BATCH):
        index_batch(lead_ids[start : start + BATCH])
    return len(lead_ids)


@entry_service
def index_batch(lead_ids: list[int]) -> None:
    index_products(lead_ids)
