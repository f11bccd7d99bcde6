from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.querysets import SearchWordQuerySet


class SearchWord(models.Model):
    """One word by which a product in lists is found; `shop.search` says which and how much each weighs."""

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="search_words")
    word = models.CharField(max_length=40)
    weight = models.IntegerField()
    is_text = models.BooleanField(help_text="It stands in the title or the description, as it is.")

    objects = SearchWordQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "word"], name="search_word_once_per_product")
        ]
        indexes = [models.Index(fields=["word", "product", "weight"], name="search_word_product")]


class SearchSpelling(models.Model):
    """A word of the index by one of its forms with a letter left out: the way from a typing error to the word."""

    form = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "word"], name="search_spelling_once")]


class Synonym(models.Model):
    """Words that mean the same to a shopper: who looks for one finds the others."""

    words = models.CharField(
        _("words"),
        max_length=255,
        help_text=_("Words that mean the same, with commas between them, for example: sofa, couch, settee."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[str]:
        return [phrase for part in self.words.split(",") if (phrase := part.strip())]

    def clean(self) -> None:
        if len(self.phrases) < 2:
            raise ValidationError({"words": _("Enter two words or more, with commas between them.")})


class SearchedText(models.Model):
    """What was searched for on a day, how often, and how many products the last answer had. Nobody's name."""

    day_on = models.DateField(_("day"))
    text = models.CharField(_("text"), max_length=100)
    results = models.PositiveIntegerField(_("results"))
    count = models.PositiveIntegerField(_("searches"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ["-day_on", "-count", "text"]
        constraints = [models.UniqueConstraint(fields=["day_on", "text"], name="searched_text_once_a_day")]

    def __str__(self) -> str:
        return f"{self.text} ({self.day_on})"
