from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Like(models.Model):
    """A product that somebody with an account likes: once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="likes")
    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="like_once_per_user")]
