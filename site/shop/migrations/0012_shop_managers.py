"""Shop managers change prices and stock and import files; editors look at the catalogue."""

from django.db import migrations

NAMES = {
    "view_product": "Can view product",
    "change_product_facts": "Can change prices and stock of products",
    "import_product": "Can import products from files",
}
SALES = ("view_sale", "add_sale", "change_sale", "publish_sale")
GRANTED = {
    "Editors": ("view_product",),
    "Moderators": ("view_product", "change_product_facts"),
    "Shop managers": (*NAMES, *SALES, "access_admin"),
}
MODELS = {"access_admin": ("wagtailadmin", "admin"), **dict.fromkeys(SALES, ("shop", "sale"))}


def grant_permissions(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for name, codenames in GRANTED.items():
        # Who runs a shop finds the group of shop managers; Wagtail's own two may have been deleted.
        group = (
            groups.get_or_create(name=name)[0]
            if name == "Shop managers"
            else groups.filter(name=name).first()
        )
        if group is not None:
            group.permissions.add(*(find_permission(apps, codename) for codename in codenames))


def find_permission(apps, codename):
    app_label, model = MODELS.get(codename, ("shop", "product"))
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    # Django makes permissions only after all migrations.
    action, _, rest = codename.partition("_")
    name = NAMES.get(codename, f"Can {action} {rest}")
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("shop", "0011_prices_and_bulk_changes"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(grant_permissions, migrations.RunPython.noop)]
