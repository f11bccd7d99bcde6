"""Panels of the page editor."""

from django.urls import reverse
from wagtail.admin.panels import Panel

from shop.models import TaxClass


class FactsPanel(Panel):
    """Price, stock and other facts of a product, with an action of their own.

    Its inputs have no name, so saving or autosaving the page never sends them: they act only when
    "Apply now" is pressed.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/facts_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            product = self.instance.product if self.instance.product_id else None
            # The address carries no id: a new page gets its id from the first autosave, after this was drawn.
            return {
                **context,
                "product": product,
                "tax_classes": TaxClass.objects.all(),
                "apply_url": reverse("apply_product_facts", args=[0]),
            }


class ChoicesPanel(Panel):
    """Sizes and colours of a product, each with its own price and stock; like facts, no part of the page's form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/choices_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return {
                **context,
                "family": find_family(self.instance),
                "option": find_option(self.instance),
                "add_url": reverse("add_product_choice", args=[0]),
            }


def find_family(page) -> list:
    """The product with its variants, the lead first; of a product without choices, nobody."""
    if not page.product_id:
        return []
    family = sorted(page.family(), key=lambda product: (product.variant_of_id is not None, product.pk))
    return family if len(family) > 1 else []


def find_option(page) -> str:
    """What tells the choices apart, if anybody said so."""
    option = page.product.options.first() if page.product_id else None
    return option.name if option else ""


class ChecksPanel(Panel):
    """What the page still lacks, as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/content_checks.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            # Here, not above: the checks look at the page models, which have this panel.
            from pages.content_checks import check_page

            return {**context, "problems": check_page(self.instance)}

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None
