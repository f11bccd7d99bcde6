"""Editors draft sales, moderators publish them: what Wagtail's own two groups may do with pages."""

from django.db import migrations

GRANTED = {
    "Editors": ("add", "change"),
    "Moderators": ("add", "change", "delete", "publish", "lock", "unlock"),
}


def grant_permissions(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="shop", model="sale"
    )
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        for action in GRANTED[group.name]:
            # Django makes permissions only after all migrations.
            permission, _ = permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_sale",
                defaults={"name": f"Can {action} sale"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("shop", "0006_coupons"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(grant_permissions, migrations.RunPython.noop)]
