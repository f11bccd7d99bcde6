"""What a new shop still lacks, on the admin's first page; each step ticks itself off."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from pages.models import DemoStep, PolicyKind, PolicyPage, ShopSettings
from pages.navigation import find_home
from shop.models import Product, SellerSettings, ShippingRate


@dataclass(frozen=True)
class Step:
    """`url` is where it is done; none where that is not in the admin."""

    label: str | Promise
    note: str | Promise
    is_done: bool
    url: str = ""


def find_settings_url(app: str, model: str) -> str:
    return reverse("wagtailsettings:edit", args=[app, model])


def name_shop() -> Step:
    unnamed = ShopSettings._meta.get_field("name").default  # noqa: SLF001 - Django's own way to a default
    done = ShopSettings.load().name != unnamed
    return Step(_("Name the shop"), _("It stands on every page and mail."), done, shop_url())


def add_logo() -> Step:
    done = ShopSettings.load().logo_id is not None
    return Step(_("Add a logo"), _("And choose colours and letters beside it."), done, shop_url())


def shop_url() -> str:
    return find_settings_url("pages", "shopsettings")


def say_who_sells() -> Step:
    seller = SellerSettings.load()
    return Step(
        _("Say who sells, and the tax"),
        _("Invoices need a name and a state; then look at the tax rate."),
        bool(seller.legal_name and seller.state),
        find_settings_url("shop", "sellersettings"),
    )


def set_up_delivery() -> Step:
    note = _("Without any charge delivery is free everywhere.")
    return Step(_("Say what delivery costs"), note, ShippingRate.objects.exists(), find_delivery_url())


def find_delivery_url() -> str:
    return reverse(ShippingRate.snippet_viewset.get_url_name("list"))


def enter_keys() -> Step:
    note = _("RAZORPAY_KEY_ID and its secrets, where the shop is set up. Until then a simulator plays along.")
    return Step(_("Enter the payment keys"), note, not settings.RAZORPAY_IS_SIMULATED)


def write_policies() -> Step:
    written = set(PolicyPage.objects.live().values_list("kind", flat=True))
    note = _("Terms, privacy, shipping and returns: payment providers ask for them.")
    return Step(_("Write the policies"), note, written >= set(PolicyKind.values), find_home_url())


def add_product() -> Step:
    note = _("First a collection, then a product below it.")
    return Step(
        _("Put the first product on the shelf"), note, Product.objects.live().exists(), find_home_url()
    )


def find_home_url() -> str:
    home = find_home(None)
    return reverse("wagtailadmin_explore", args=[home.pk]) if home else ""


STEPS: tuple[Callable[[], Step], ...] = (
    name_shop,
    add_logo,
    say_who_sells,
    set_up_delivery,
    enter_keys,
    write_policies,
    add_product,
)


def list_steps() -> list[Step]:
    return [step() for step in STEPS]


class FirstStepsPanel(Component):
    """For those who set the shop up, until all is done. The demo shop has done with it."""

    name = "first-steps"
    template_name = "pages/admin/first_steps.html"
    order = 40

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm("pages.change_shopsettings") or DemoStep.objects.exists():
            return {"steps": []}
        steps = list_steps()
        done = sum(step.is_done for step in steps)
        return {"steps": [] if done == len(steps) else steps, "done": done, "total": len(steps)}
