"""An example for every shape of the schema: the same one each time, of one shop, one customer and one order."""

from typing import Any

PRODUCT_TITLE = "Brass lamp"
# What fields hold, by name: two lamps at 71.88 rupees, 10 % tax, within Karnataka.
SAMPLES: dict[str, Any] = {
    "access": "eyJhbGciOiJIUzI1NiJ9.access.c2lnbmF0dXJl",
    "address_id": 1,
    "amount": 158.14,
    "birth_date": "1990-04-01",
    "cap": 5000,
    "cgst": 7.19,
    "charge": 0,
    "city": "Bengaluru",
    "contact": "+919876543210",
    "coupon_code": "",
    "count": 1,
    "currency": "INR",
    "current_password": "a long enough password",
    "customer_name": "Asha Rao",
    "date": "2026-11-22",
    "days_max": 5,
    "days_min": 3,
    "delivery": "Standard",
    "description": "For the hall, made by hand.",
    "discount": 0,
    "email": "asha@example.com",
    "fee": 40,
    "first_name": "Asha",
    "id": 1,
    "igst": 0,
    "image": "http://127.0.0.1:8000/media/pictures/4f2a.webp",
    "inventory": 4,
    "last_name": "Rao",
    "line1": "12 MG Road",
    "line2": "Indiranagar",
    "list_price": 71.88,
    "message": "Payment verified successfully",
    "name": "Asha Rao",
    "number": "1",
    "new_password": "another long password",
    "next": None,
    "note": "Please ring twice.",
    "order_id": 1,
    "password": "a long enough password",
    "payable": 158.14,
    "payment_id": "pay_R1x7Yc2mVb0aQz",
    "phone": "+919876543210",
    "postal_code": "560038",
    "previous": None,
    "price_with_tax": 79.07,
    "products_count": 1,
    "quantity": 2,
    "rating": 5,
    "razorpay_key": "rzp_test_1DP5mmOlF5G5ag",
    "razorpay_order_id": "order_R1x6ZsKpQ8nTfW",
    "razorpay_payment_id": "pay_R1x7Yc2mVb0aQz",
    "razorpay_signature": "9ef4dffbfd84f1318f6739a3ce19f9d85851857ae648f114332d8401e0949a3d",
    "reason": "It arrived broken.",
    "receipt": "2131082be0d34919ae08cea451d41d43",
    "refresh": "eyJhbGciOiJIUzI1NiJ9.refresh.c2lnbmF0dXJl",
    "restock": False,
    "sale": "",
    "sgst": 7.19,
    "shipping": 0,
    "sku": "H-7QK2M9TP",
    "slug": "brass-lamp",
    "state": "KA",
    "subtotal": 158.14,
    "surcharge": 0,
    "tax": 14.38,
    "tax_rate": 10,
    "taxable": 143.76,
    "tier": 0,
    "title": PRODUCT_TITLE,
    "token": "eyJhbGciOiJIUzI1NiJ9.access.c2lnbmF0dXJl",
    "total": 158.14,
    "total_price": 143.76,
    "uid": "1f",
    "unit_price": 71.88,
    "unit_tax": 7.19,
    "user_id": 1,
    "username": "asha",
}
# Where a shape means something else by the name.
SAMPLES_OF_SHAPES: dict[tuple[str, str], Any] = {
    ("Accepted", "status"): "ok",
    ("Collection", "title"): "Lamps",
    ("ConfirmReset", "token"): "cq3xkl-2f8a1b6d9e4c7a05",
    ("DeliveryChoice", "id"): "standard",
    ("DeliveryChoice", "name"): "Standard",
    ("GuestOrder", "customer"): None,
    ("GuestOrder", "token"): "1:2f8a1b6d9e4c7a05",
    ("Quote", "coupon"): 0,
    ("TotalsLine", "coupon"): 0,
    ("Review", "description"): "Burns evenly and looks well.",
    ("TaxSplit", "cgst"): 0,
    ("TaxSplit", "sgst"): 0,
    ("Window", "amount"): 15814,
    ("Window", "description"): "Payment for Order #1",
    ("Window", "name"): "Haat",
}
SAMPLES_OF_FORMATS = {
    "uuid": "0c6d3d0f-6d3b-4f0e-9f6b-1f3f7c9d2a10",
    "date-time": "2026-11-22T18:30:00Z",
    "uri": "http://127.0.0.1:8000/media/pictures/4f2a.webp",
    "binary": "(the file)",
}
# Optional, and wanted by few, or in place of another field: an example that has them is no good to copy.
LEFT_OUT = {"address_id", "company", "coupon", "delivery", "gstin", "lines", "order_token", "otp"}
# What says more about an operation than its shape does: the request or the answer.
OF_OPERATIONS: dict[tuple[str, str, str], Any] = {
    ("POST", "/store/carts/", "answer"): {
        "id": "0c6d3d0f-6d3b-4f0e-9f6b-1f3f7c9d2a10",
        "items": [],
        "total_price": 0,
    },
    ("PATCH", "/store/orders/{order_id}/", "request"): {"payment_status": "C"},
    ("PATCH", "/store/orders/{order_id}/", "answer"): {"payment_status": "C"},
    ("POST", "/payments/webhook/", "request"): {
        "event": "payment.captured",
        "payload": {"payment": {"entity": {"id": "pay_R1x7Yc2mVb0aQz", "order_id": "order_R1x6ZsKpQ8nTfW"}}},
    },
    ("POST", "/auth/jwt/verify/", "answer"): {},
}


def make_example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", shape: str = "") -> Any:
    """A value that fits the schema; `shape` is the component that has the field called `name`."""
    if "$ref" in schema:
        component = schema["$ref"].rsplit("/", 1)[1]
        return make_example(schemas[component], schemas, name, component)
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return make_example(schema[several][0], schemas, name, shape)
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        return make_object(schema, schemas, shape)
    if kind == "array":
        return [make_example(schema.get("items", {}), schemas, name, shape)]
    return make_plain(schema, kind, name, shape)


def make_object(schema: dict[str, Any], schemas: dict[str, Any], shape: str) -> dict[str, Any]:
    needed, parts = schema.get("required", ()), schema.get("properties", {})
    names = [name for name in parts if name in needed or name not in LEFT_OUT]
    if shape.startswith("Patched"):
        names = names[:1]  # a change says what it changes
    return {name: make_example(parts[name], schemas, name, shape) for name in names}


def make_plain(schema: dict[str, Any], kind: str | None, name: str, shape: str) -> Any:
    bare = shape.removeprefix("Patched").removesuffix("Request").removesuffix("Answer")
    if (bare, name) in SAMPLES_OF_SHAPES:
        return SAMPLES_OF_SHAPES[bare, name]
    sample = SAMPLES.get(name)
    if name in SAMPLES and sample is None:
        return None
    if "enum" in schema:
        return sample if sample in schema["enum"] else schema["enum"][0]
    if schema.get("format") in SAMPLES_OF_FORMATS:
        return SAMPLES_OF_FORMATS[schema["format"]]
    if fits(sample, kind):
        return sample
    return {"integer": 1, "number": 0, "boolean": True, "string": "text"}.get(kind)


def fits(sample: Any, kind: str | None) -> bool:
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    return kind in kinds and isinstance(sample, kinds[kind])
