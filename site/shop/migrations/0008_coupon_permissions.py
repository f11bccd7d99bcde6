"""Moderators set coupons and the discounts of members; editors see coupons, to answer who asks about one."""

from django.db import migrations

GRANTED = {
    "Editors": {"coupon": ("view",)},
    "Moderators": {"coupon": ("view", "add", "change", "delete"), "tiersettings": ("change",)},
}
NAMES = {"coupon": "coupon", "tiersettings": "Member discounts"}


def grant_permissions(apps, schema_editor):
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        for model, actions in GRANTED[group.name].items():
            content_type, _ = content_types.get_or_create(app_label="shop", model=model)
            for action in actions:
                # Django makes permissions only after all migrations.
                permission, _ = permissions.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {NAMES[model]}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_sale_permissions")]

    operations = [migrations.RunPython(grant_permissions, migrations.RunPython.noop)]
