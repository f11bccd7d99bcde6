"""Parameters that no serializer shows: what `include` takes at an endpoint, and the headers that matter."""

from collections.abc import Iterable

from drf_spectacular.utils import OpenApiParameter

from api.includes.asking import INCLUDE_PARAMETER
from api.includes.carts import CART_INCLUDES
from api.includes.facets import FACETS
from api.includes.orders import ORDER_INCLUDES
from api.includes.products import PRODUCT_INCLUDES
from api.includes.reviews import REVIEW_INCLUDES

LONGEST_KEY = 255


def describe_include(meanings: dict[str, str], known: Iterable[str]) -> OpenApiParameter:
    """`include` with exactly the names that the endpoint knows."""
    lines = [f"- `{name}`: {meanings[name]}" for name in known]
    return OpenApiParameter(
        INCLUDE_PARAMETER,
        {"type": "array", "items": {"type": "string", "enum": list(known)}},
        description="\n".join(["Asks for more, as a comma list. Unknown names are ignored.", "", *lines]),
        style="form",
        explode=False,
    )


PRODUCT_MEANINGS = {
    "sku": "the stock keeping unit.",
    "page": "the page that is read about the product, with its address and search text; null where it has none.",
    "variants": "the sizes and colours for sale beside it, each with options, price and stock.",
    "tags": "its tags, by name.",
    "rating": "the mean of its reviews in stars, and how many there are.",
    "likes": "how many customers like it.",
    "collection_detail": "its collection in full.",
    FACETS: "beside the results: what the matching products could be narrowed to, with counts.",
}
CART_MEANINGS = {
    "lines_detail": "the lines as the cart's page shows them: with tax, a picture, and what is wrong with them.",
    "totals": "what an order of the cart would cost the caller now, component by component.",
}
ORDER_MEANINGS = {
    "lines_detail": "the lines with sku, HSN code and tax.",
    "totals": "what the order cost, component by component.",
    "payments": "the payments that were tried, newest first.",
    "shipments": "when it was sent.",
    "status": "the order's own status: placed, paid, fulfilled, completed, expired or cancelled.",
    "number": "the number that people read.",
}
REVIEW_MEANINGS = {"rating": "one to five stars, or null."}

PRODUCT_PARAMETERS = [describe_include(PRODUCT_MEANINGS, PRODUCT_INCLUDES)]
PRODUCT_LIST_PARAMETERS = [describe_include(PRODUCT_MEANINGS, [*PRODUCT_INCLUDES, FACETS])]
CART_PARAMETERS = [describe_include(CART_MEANINGS, CART_INCLUDES)]
ORDER_PARAMETERS = [describe_include(ORDER_MEANINGS, ORDER_INCLUDES)]
REVIEW_PARAMETERS = [describe_include(REVIEW_MEANINGS, REVIEW_INCLUDES)]

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    description=(
        "A name of your own for this request, kept for 24 hours: sent again with the same body, the request has no "
        "second effect and gets the first answer, with `Idempotent-Replayed: true`."
    ),
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the answer you have: 304 without a body while it is still the right one.",
)
RAZORPAY_SIGNATURE = OpenApiParameter(
    "X-Razorpay-Signature",
    str,
    OpenApiParameter.HEADER,
    description="HMAC-SHA256 of the raw body with the webhook's secret, in hexadecimal.",
)
RAZORPAY_EVENT_ID = OpenApiParameter(
    "X-Razorpay-Event-Id",
    str,
    OpenApiParameter.HEADER,
    description="Razorpay's id of the event: one that was stored before changes nothing.",
)
