"""Forms of coupons and batches in the admin, in the words of a shop."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from shop.enums import CouponKind
from shop.models import Coupon, Product
from shop.services.coupons import LARGEST_BATCH

# The columns of the rule; products stand beside them, by their SKUs.
RULE = [
    "kind",
    "value",
    "minimum",
    "collections",
    "first_order_only",
    "membership",
    "uses_limit",
    "uses_per_customer",
    "starts_at",
    "ends_at",
]
# As a person thinks of it: what, for what, for whom, when.
RULE_IN_ORDER = [*RULE[:3], "skus", *RULE[3:]]
LONGEST_PREFIX = 20


class CouponRuleForm(WagtailAdminModelForm):
    """What a coupon does and for whom; products are named by SKU, as price lists name them."""

    skus = forms.CharField(
        label=gettext_lazy("Products (SKUs)"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "Separated by commas or lines. Only these, with all their sizes and colours. "
            "Neither products nor collections: everything in the shop."
        ),
    )

    class Meta:
        model = Coupon
        fields = RULE
        widgets = {"collections": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            products = self.instance.products.order_by("sku").values_list("sku", flat=True)
            self.fields["skus"].initial = ", ".join(products)

    def clean_skus(self) -> list[Product]:
        named = {sku.strip() for sku in self.cleaned_data["skus"].replace("\n", ",").split(",")} - {""}
        found = {product.sku: product for product in Product.objects.filter(sku__in=named)}
        missing = sorted(named - found.keys())
        if missing:
            sentence = _("There is no product with the SKU %(skus)s.")
            raise forms.ValidationError(sentence % {"skus": ", ".join(missing)})
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind, value = data.get("kind"), data.get("value")
        if value is not None and kind == CouponKind.PERCENT and not 0 < value <= 100:
            self.add_error("value", _("Enter a percentage above 0, up to 100."))
        if value is not None and kind == CouponKind.AMOUNT and value <= 0:
            self.add_error("value", _("Enter how many rupees are taken off."))
        if kind == CouponKind.FREE_SHIPPING:
            data["value"] = 0
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end comes after the start."))
        limit = data.get("uses_limit")
        if limit is not None and self.instance.pk and limit < self.instance.used - self.instance.overdrawn:
            sentence = _("It has been used %(used)s times already: enter at least as many.")
            self.add_error("uses_limit", sentence % {"used": self.instance.used})
        return data

    @property
    def aims_anew(self) -> bool:
        """Whether somebody changed what it is about."""
        return not {"skus", "collections"}.isdisjoint(self.changed_data)

    def describe_rule(self) -> dict[str, Any]:
        """The columns of the rule as services take them."""
        return {name: self.cleaned_data[name] for name in RULE if name != "collections"}

    def save(self, commit=True) -> Coupon:
        # A coupon that lost what it was about stays about nothing until somebody chooses anew.
        if self.instance.pk is None or self.aims_anew:
            data = self.cleaned_data
            self.instance.covers_everything = not (data["skus"] or data["collections"])
        coupon = super().save(commit)
        if commit:
            coupon.products.set(self.cleaned_data["skus"])
        return coupon


class CouponForm(CouponRuleForm):
    class Meta(CouponRuleForm.Meta):
        fields = ["code", "note", "is_active", *RULE]

    field_order = ["code", "note", "is_active", *RULE_IN_ORDER]

    def clean_code(self) -> str:
        """Said here, since the unique column compares what is stored, not what was typed."""
        code = self.cleaned_data["code"].upper()
        if Coupon.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a coupon with this code already."))
        return code


class BatchRuleForm(CouponRuleForm):
    """The rule of codes that exist already; `instance` is one of them."""

    field_order = RULE_IN_ORDER

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uses_limit"].label = _("Uses of each code")

    def describe_change(self) -> dict[str, Any]:
        """What the service takes."""
        about = {}
        if self.aims_anew:
            about = {
                "products": self.cleaned_data["skus"],
                "collections": list(self.cleaned_data["collections"]),
            }
        return {"rule": self.describe_rule(), **about}


class BatchForm(CouponRuleForm):
    """One rule, many codes."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("What the codes are for, for example: Diwali mailing. Only staff see it."),
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many codes"),
        initial=100,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_BATCH)],
    )
    prefix = forms.RegexField(
        r"\A[A-Za-z0-9]*\Z",
        label=gettext_lazy("Codes begin with"),
        required=False,
        max_length=LONGEST_PREFIX,
        help_text=gettext_lazy("Letters and digits. After it come twelve that nobody can guess."),
    )
    field_order = ["name", "count", "prefix", *RULE_IN_ORDER]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uses_limit"].initial = 1
        self.fields["uses_limit"].label = _("Uses of each code")

    def describe_batch(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "count": data["count"],
            "prefix": data["prefix"],
            "rule": self.describe_rule(),
            "products": data["skus"],
            "collections": list(data["collections"]),
        }
