from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Membership
from accounts.validators import validate_phone


class Customer(models.Model):
    """Who buys: the profile that orders, carts and addresses belong to, made at sign-up."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="customer")
    phone = models.CharField(_("phone"), max_length=20, blank=True, default="", validators=[validate_phone])
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    membership = models.CharField(
        _("membership"), max_length=1, choices=Membership.choices, default=Membership.BRONZE
    )

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(membership__in=Membership.values), name="customer_membership_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.username
