from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.querysets import ReviewQuerySet


class Review(models.Model):
    """What a shopper says about a product."""

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("text"))
    rating = models.PositiveSmallIntegerField(
        _("rating"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    date = models.DateField(_("date"), auto_now_add=True)
    is_approved = models.BooleanField(_("approved"), default=True)
    answer = models.TextField(_("answer"), blank=True, default="")

    objects = ReviewQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-date", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__range=(1, 5)),
                name="review_rating_in_range",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.description[:60]}"
