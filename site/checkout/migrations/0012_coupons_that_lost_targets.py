from decimal import Decimal

from django.db import migrations

PAISA = Decimal("0.01")


def note_lost_targets(apps, schema_editor):
    """Coupons whose products and collections were gone before it was noted that they had any.

    Their orders tell: one that left out a line it would have had a paisa for was not about everything. The codes
    of a batch have one rule, so what one of them tells holds for all.
    """
    coupons = apps.get_model("shop", "Coupon").objects.filter(products=None, collections=None)
    empty = coupons.filter(covers_everything=True)
    orders = apps.get_model("checkout", "Order").objects
    lost = [
        coupon
        for coupon in empty.filter(uses__isnull=False).distinct()
        if any(left_out_a_line(order) for order in orders.filter(coupon_use__coupon_id=coupon.pk))
    ]
    coupons.filter(pk__in={coupon.pk for coupon in lost}).update(covers_everything=False)
    batches = {coupon.batch_id for coupon in lost} - {None}
    same_rule = set(empty.filter(batch__in=batches).values_list("pk", flat=True))
    apps.get_model("shop", "Coupon").objects.filter(pk__in=same_rule).update(covers_everything=False)


def left_out_a_line(order):
    before = {item: item.total - item.tier_discount for item in order.items.all()}
    whole = sum(before.values())
    return any(
        not item.coupon_discount and order.coupon_discount * left / whole >= PAISA
        for item, left in before.items()
        if whole
    )


class Migration(migrations.Migration):
    dependencies = [("checkout", "0011_first_order_once"), ("shop", "0010_coupon_covers_everything")]

    operations = [migrations.RunPython(note_lost_targets, migrations.RunPython.noop)]
