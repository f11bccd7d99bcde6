"""What shoppers wrote: mostly content, now and then not."""

from functools import lru_cache
from random import Random

from pages.demo.assortment import Pick
from pages.demo.specimens import DemoReview
from pages.demo.wordlists import read_words

REVIEWED = 0.33
MOST_REVIEWS = 6
RATINGS = (5, 4, 3, 2, 1)
RATING_WEIGHTS = (50, 31, 11, 5, 3)


@lru_cache
def read_review_words() -> dict[str, list[str]]:
    return read_words("reviews")


def write_reviews(rng: Random, pick: Pick, *, always: bool) -> tuple[DemoReview, ...]:
    if not always and rng.random() >= REVIEWED:
        return ()
    names = rng.sample(read_review_words()["names"], rng.randint(1, MOST_REVIEWS))
    ratings = rng.choices(RATINGS, RATING_WEIGHTS, k=len(names))
    sentences = deal_sentences(rng, pick)
    reviews = [
        DemoReview(
            name=name,
            rating=rating,
            description=write_review(rng, rating, sentences),
            days_ago=rng.randint(2, 364),
        )
        for name, rating in zip(names, ratings, strict=True)
    ]
    return tuple(sorted(reviews, key=lambda review: review.days_ago))


def deal_sentences(rng: Random, pick: Pick) -> dict[str, list[str]]:
    """A shuffled pile for each mood; a sentence leaves its pile when it is used, so none comes twice."""
    words = read_review_words()
    own = rng.sample(pick.range.praise, len(pick.range.praise))
    piles = {
        "praise": [*words["praise"], *pick.words.praise],
        "grumble": [*words["grumble"], *pick.words.grumble],
        "complaint": list(words["complaint"]),
        "story": list(words["story"]),
        "verdict": list(words["verdict"]),
    }
    shuffled = {mood: rng.sample(pile, len(pile)) for mood, pile in piles.items()}
    return shuffled | {"own": own}


def write_review(rng: Random, rating: int, piles: dict[str, list[str]]) -> str:
    if rating <= 2:
        moods = ["complaint"] + (["grumble"] if rng.random() < 0.4 else [])
    elif rating == 3:
        moods = ["grumble"] + (["verdict"] if rng.random() < 0.6 else [])
    else:
        moods = choose_happy_moods(rng, rating, piles)
    return " ".join(piles[mood].pop() for mood in moods)


def choose_happy_moods(rng: Random, rating: int, piles: dict[str, list[str]]) -> list[str]:
    moods = ["story"] if rng.random() < 0.3 else []
    moods.append("own" if piles["own"] else "praise")
    if rating == 4 and rng.random() < 0.35:
        moods.append("grumble")
    elif rng.random() < 0.45:
        moods.append("praise")
    return moods
