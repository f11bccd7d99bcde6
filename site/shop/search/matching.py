"""Products that have the words: all of them, then with typing errors mended, then at least some."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from shop.models import Product, SearchSpelling, SearchWord
from shop.search.queries import Term, group_words, parse_query
from shop.search.spelling import find_allowance, list_forms, measure_error
from shop.search.words import find_stem, list_words

WHOLE_WORD = 3  # a word that is there whole counts so many times what one counts that only begins like it
TYPED_WORD = 2  # and one that was typed so many times what its synonym counts
EXACT_SKU = 1000
EACH_TERM = 200  # where not everything is found: having more of the words comes first


@dataclass(frozen=True)
class Found:
    """Products with their `relevance`. `corrected` is what was looked for instead of what was typed, or empty."""

    products: QuerySet
    corrected: str = ""
    has_every_word: bool = True


def filter_by_words(products: QuerySet, text: str) -> QuerySet:
    """Every word begins a word of title or description: exactly that, for clients that rely on it.

    What holds no word at all, as `%`, is looked for as it is.
    """
    for part in text.split():
        words = list_words(part)
        if not words:
            products = products.filter(Q(title__icontains=part) | Q(description__icontains=part))
        for word in words:
            in_text = SearchWord.objects.filter(is_text=True).beginning_with([word])
            products = products.filter(pk__in=in_text.values("product"))
    return products


def find_matches(products: QuerySet, text: str) -> Found:
    """What a shopper means: plurals, synonyms and an exact SKU count. A query without any word finds nothing.

    A typing error is forgiven where nothing has every word as it was typed.
    """
    terms = parse_query(text)
    sku = find_sku(text)
    if not terms:
        return Found(products=with_relevance(products.none(), [], sku=sku))
    every = products.filter(match_all(terms) | match_sku(sku))
    if every.exists():
        return Found(products=with_relevance(every, terms, sku=sku))
    return find_nearest(products, terms, typed=[word for term in terms for word in term.typed])


def find_nearest(products: QuerySet, terms: list[Term], *, typed: list[str]) -> Found:
    words = correct_words(products, typed)
    corrected = " ".join(words) if words != typed else ""
    if corrected:
        terms = group_words(words)
        every = products.filter(match_all(terms))
        if every.exists():
            return Found(products=with_relevance(every, terms), corrected=corrected)
    some = Q()
    for term in terms:
        some |= match_term(term)
    found = with_relevance(products.filter(some), terms, each_term=EACH_TERM)
    return Found(products=found, corrected=corrected, has_every_word=False)


def match_all(terms: Iterable[Term]) -> Q:
    matched = Q()
    for term in terms:
        matched &= match_term(term)
    return matched


def match_term(term: Term) -> Q:
    matched = match_words(term.words) if term.words else Q(pk__in=[])
    for phrase in term.phrases:
        every = Q()
        for word in phrase:
            every &= match_words((word, find_stem(word)))
        matched |= every
    return matched


def match_words(words: Sequence[str]) -> Q:
    return Q(pk__in=SearchWord.objects.beginning_with(words).order_by().values("product"))


def find_sku(text: str) -> int | None:
    """The product in lists whose SKU, or a size's or colour's SKU, this is."""
    product = Product.objects.filter(sku__iexact=text.strip()).only("pk", "variant_of_id").first()
    return product.lead_id if product else None


def match_sku(sku: int | None) -> Q:
    return Q(pk=sku) if sku else Q(pk__in=[])


def with_relevance(
    products: QuerySet, terms: Iterable[Term], *, sku: int | None = None, each_term: int = 0
) -> QuerySet:
    total = Case(When(pk=sku, then=Value(EXACT_SKU)), default=Value(0), output_field=IntegerField())
    for term in terms:
        total = total + score_term(term, bonus=each_term)
    return products.annotate(relevance=total)


def score_term(term: Term, *, bonus: int):
    """The weight of the best word that fits, of several words of the first; 0 where none fits."""
    words = tuple(dict.fromkeys([*term.words, *(phrase[0] for phrase in term.phrases)]))
    typed = [form for word in term.typed for form in (word, find_stem(word))]
    rows = SearchWord.objects.filter(product=OuterRef("pk")).beginning_with(words).order_by()
    points = Case(
        When(word__in=typed, then=F("weight") * Value(WHOLE_WORD * TYPED_WORD)),
        When(word__in=words, then=F("weight") * Value(WHOLE_WORD)),
        default=F("weight"),
    ) + Value(bonus)
    best = rows.values("product").annotate(best=Max(points, output_field=IntegerField())).values("best")
    return Coalesce(Subquery(best), 0)


def correct_words(products: QuerySet, words: Sequence[str]) -> list[str]:
    """The words with those replaced that none of the products has, by the nearest one that some have."""
    return [word if is_known(products, word) else find_near_word(products, word) or word for word in words]


def is_known(products: QuerySet, word: str) -> bool:
    return products.filter(match_words((word, find_stem(word)))).exists()


def find_near_word(products: QuerySet, word: str) -> str | None:
    """Of the words nearest to this one, that which says most, then that of the most products."""
    allowance = find_allowance(word)
    if not allowance:
        return None
    forms = list_forms(word) | list_forms(find_stem(word))
    near = SearchSpelling.objects.filter(form__in=forms).order_by().values_list("word", flat=True).distinct()
    distances = {other: measure_error(word, other) for other in near}
    candidates = [other for other, distance in distances.items() if distance <= allowance]
    known = SearchWord.objects.filter(word__in=candidates, product__in=products.order_by().values("pk"))
    counts = known.order_by().values_list("word").annotate(most=Max("weight"), count=Count("pk"))
    ranked = [
        (distances[other], other[0] != word[0], -most, -count, other)
        for other, most, count in counts
        if other in distances
    ]
    return min(ranked)[-1] if ranked else None
