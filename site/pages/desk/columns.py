"""The columns of the catalogue table: which there are, which a person sees."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column

from accounts.models import User
from pages.desk.permissions import CHANGE
from pages.models import CatalogueColumns, CatalogueView


class CellColumn(BaseColumn):
    """A cell of a template of its own, `pages/desk/cells/<name>.html`; the row is `instance`."""

    def __init__(self, name: str, **kwargs) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"pages/desk/cells/{name}.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        may_change = context["request"].user.has_perm(CHANGE)
        return {**context, "product": instance.product, "may_change": may_change}


class ChooseColumn(CellColumn):
    header_template_name = "pages/desk/cells/choose_all.html"


NUMBER = "haat-number"
ALWAYS = (ChooseColumn("choose", label=""), CellColumn("product", label=_("Product"), sort_key="title"))
# In the order in which they stand in the table.
CHOICES: dict[str, BaseColumn] = {
    column.name: column
    for column in (
        Column("sku", label=_("SKU"), accessor="product.sku", sort_key="sku"),
        CellColumn("price", label=_("Price"), sort_key="unit_price", classname=NUMBER),
        CellColumn("stock", label=_("Stock"), sort_key="inventory", classname=NUMBER),
        CellColumn("sale", label=_("In a sale"), classname=NUMBER),
        CellColumn("sold", label=_("Sold in 30 days"), classname=NUMBER),
        CellColumn("state", label=_("Page")),
        Column("collection", label=_("Collection"), accessor="product.collection.title"),
        Column("tax_class", label=_("Tax class"), accessor="product.tax_class"),
        Column("hsn_code", label=_("HSN code"), accessor="product.hsn_code_in_force"),
        CellColumn("weight", label=_("Weight"), classname=NUMBER),
        CellColumn("changed", label=_("Last change"), sort_key="last_update"),
    )
}
DEFAULT = ("sku", "price", "stock", "sale", "sold", "state")


def find_columns(names: Sequence[str]) -> list[BaseColumn]:
    """Those that always stand there, then the named ones in the table's own order."""
    return [*ALWAYS, *(column for name, column in CHOICES.items() if name in names)]


def choose_columns(*, user: User, view: CatalogueView | None) -> tuple[str, ...]:
    """Those of the view, else those the person chose, else the usual ones."""
    if view is not None and view.columns:
        return tuple(view.columns)
    kept = CatalogueColumns.objects.filter(user=user).first()
    return tuple(kept.columns) if kept else DEFAULT
