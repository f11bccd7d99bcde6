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
