"""Who may do what at the catalogue's desk: a shop manager all, an editor looks, others nothing."""

from importlib import import_module

import pytest
from django.urls import reverse

from pages.models import CatalogueImport
from shop.models import BulkChange
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db

LOOK = {"manager", "looker"}
CHANGE = {"manager"}
# Name, arguments (`product`, `change` and `import` stand for ids), method, who may.
TABLE = [
    ("catalogue", [], "get", LOOK),
    ("catalogue_results", [], "get", LOOK),
    ("catalogue_columns", [], "post", LOOK),
    ("catalogue_view_save", [], "post", LOOK),
    ("catalogue_view_delete", ["change"], "post", LOOK),
    ("catalogue_export", ["csv"], "get", LOOK),
    ("catalogue_product", ["product"], "get", LOOK),
    ("catalogue_changes", [], "get", LOOK),
    ("catalogue_change_preview", ["change"], "get", LOOK),
    ("catalogue_change", ["price"], "get", CHANGE),
    ("catalogue_change_apply", ["change"], "post", CHANGE),
    ("catalogue_change_undo", ["change"], "post", CHANGE),
    ("catalogue_price", ["product"], "post", CHANGE),
    ("catalogue_stock", ["product"], "post", CHANGE),
    ("catalogue_imports", [], "get", CHANGE),
    ("catalogue_import_example", [], "get", CHANGE),
    ("catalogue_import", ["import"], "get", CHANGE),
    ("catalogue_import_apply", ["import"], "post", CHANGE),
    ("catalogue_import_bad", ["import"], "get", CHANGE),
    ("catalogue_put_on_sale", [], "get", set()),
]


@pytest.mark.parametrize("who", ["manager", "looker", "stranger", "shopper", "client"])
def test_who_may_do_what(request, who):
    client = request.getfixturevalue(who)
    ids = {
        "product": make_product().pk,
        "change": BulkChange.objects.create(field="price").pk,
        "import": CatalogueImport.objects.create(file_name="x.csv", stored_file="x").pk,
    }
    for name, arguments, method, allowed in TABLE:
        url = reverse(name, args=[ids.get(value, value) for value in arguments])
        answer = getattr(client, method)(url)
        # Wagtail leads whoever may not to its first page, and whoever may not come in to its door.
        refused = answer.status_code == 302 and answer["Location"].partition("?")[0] in (
            "/admin/",
            "/admin/login/",
        )
        assert refused is (who not in allowed), (who, name, answer.status_code)


def test_group_of_shop_managers_may_do_all_of_it():
    granted = import_module("shop.migrations.0012_shop_managers").GRANTED["Shop managers"]
    assert {"view_product", "change_product_facts", "import_product", "add_sale", "access_admin"} <= set(
        granted
    )
