from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.querysets import CouponUseQuerySet


class CouponUse(models.Model):
    """An order that has a coupon. Given back when the order expires or is cancelled, taken again when it revives.

    Whose use it is, the order says. `first_of_customer` and `first_of_email` say it again for coupons that are for
    a first order only: unique, so that two of them, used at the same moment, are not both a first order.
    """

    order = models.OneToOneField("checkout.Order", on_delete=models.PROTECT, related_name="coupon_use")
    coupon = models.ForeignKey("shop.Coupon", on_delete=models.PROTECT, related_name="uses")
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)
    first_of_customer = models.PositiveBigIntegerField(unique=True, null=True, editable=False)
    first_of_email = models.CharField(max_length=254, unique=True, null=True, editable=False)

    objects = CouponUseQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("use of a coupon")
        verbose_name_plural = _("uses of coupons")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(first_of_customer=None, first_of_email=None),
                name="use_given_back_is_no_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id}, order {self.order_id}"
