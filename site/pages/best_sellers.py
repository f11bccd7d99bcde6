"""What shoppers bought most of lately."""

from datetime import datetime

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from checkout.models import OrderItem

MOST_ASKED = 200


def find_best_sellers(*, since: datetime) -> list[int]:
    """The ids of lead products by the units that were paid for since then, variants counted in; `MOST_ASKED` at most.

    One query. Whether they are on sale still is another question.
    """
    sold = OrderItem.objects.filter(order__paid_at__gte=since).order_by()
    counted = sold.values(lead=Coalesce(F("product__variant_of"), F("product"))).annotate(
        units=Sum("quantity")
    )
    return list(counted.order_by("-units", "lead").values_list("lead", flat=True)[:MOST_ASKED])
