from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CartReminder(models.Model):
    """That a full cart is, or was, brought to mind by a mail: once in the life of a cart.

    By the cart's id and no foreign key: the order of the cart consumes it, and carries the same id. Written when a
    guest asks for it at the checkout, or when a customer's cart is due.
    """

    cart_id = models.UUIDField(_("cart"), unique=True)
    consent = models.ForeignKey("notifications.Consent", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    # What lay in the cart then: a mail about another cart than it now is does not leave.
    contents = models.CharField(max_length=64, blank=True, editable=False)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("cart reminder")
        verbose_name_plural = _("cart reminders")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.cart_id)
