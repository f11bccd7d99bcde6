from django.db import migrations, models
from django.db.models import Q


def note_targets(apps, schema_editor):
    """Coupons that name products or collections are about these only, also once the last is deleted."""
    coupons = apps.get_model("shop", "Coupon").objects
    aimed = coupons.filter(~Q(products=None) | ~Q(collections=None)).values_list("pk", flat=True)
    coupons.filter(pk__in=set(aimed)).update(covers_everything=False)


class Migration(migrations.Migration):
    dependencies = [("shop", "0009_delivery")]

    operations = [
        migrations.AddField(
            model_name="coupon",
            name="covers_everything",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.RunPython(note_targets, migrations.RunPython.noop),
    ]
