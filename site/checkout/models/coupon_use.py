from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.querysets import CouponUseQuerySet


class CouponUse(models.Model):
    """An order that has a coupon. Given back when the order expires or is cancelled, taken again when it revives.

    Whose use it is, the order says.
    """

    order = models.OneToOneField("checkout.Order", on_delete=models.PROTECT, related_name="coupon_use")
    coupon = models.ForeignKey("shop.Coupon", on_delete=models.PROTECT, related_name="uses")
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)

    objects = CouponUseQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("use of a coupon")
        verbose_name_plural = _("uses of coupons")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.coupon_id}, order {self.order_id}"
