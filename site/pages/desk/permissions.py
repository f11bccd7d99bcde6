"""Who may do what at the shop desk's catalogue."""

from django.contrib.auth.decorators import permission_required

VIEW = "shop.view_product"
CHANGE = "shop.change_product_facts"
IMPORT = "shop.import_product"

may_look = permission_required(VIEW, raise_exception=True)
may_change = permission_required(CHANGE, raise_exception=True)
may_import = permission_required(IMPORT, raise_exception=True)
