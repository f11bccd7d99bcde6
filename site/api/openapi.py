"""What the exported schema says beyond what drf-spectacular sees: errors, examples, tags."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated

from api.permissions import IsAuthorOrStaff, IsStaffOrReadOnly, MayPay

ERROR = {
    "type": "object",
    "description": "REST framework's own body, and three keys that are always there.",
    "properties": {
        "error": {"type": "string", "description": "One sentence."},
        "code": {"type": "string", "description": "A stable word."},
        "details": {
            "type": "object",
            "description": "What is wrong with which field.",
            "additionalProperties": True,
        },
    },
    "required": ["error", "code", "details"],
    "additionalProperties": True,
}
MEANINGS = {
    304: ("The client has it already.", ""),
    400: ("Something in the request is not right; `details` says what.", "invalid"),
    401: ("Nobody is signed in, or the token has ended.", "not_authenticated"),
    403: ("Signed in, but not allowed.", "permission_denied"),
    404: ("Missing, or somebody else's.", "not_found"),
    405: ("Not possible here, or not possible now.", "method_not_allowed"),
    406: ("The API answers JSON.", "not_acceptable"),
    409: ("Things are no longer as the request supposes.", "out_of_stock"),
    413: ("The request is too large.", "too_large"),
    415: ("The API reads JSON, forms and multipart.", "unsupported_media_type"),
    422: ("The Idempotency-Key was used for another request.", "idempotency_key_reused"),
    429: ("Too often; `Retry-After` says when to come again.", "throttled"),
    503: ("Busy, or the payment service is away; `Retry-After` says when to come again.", "busy"),
}
# What the shop itself refuses, where no rule below would say so.
NAMED = {
    ("DELETE", "/store/products/{id}/"): {405},
    ("DELETE", "/store/collections/{id}/"): {405},
    ("DELETE", "/store/customers/{id}/"): {409},
    ("DELETE", "/auth/users/me/"): {400},
    ("POST", "/store/carts/mine/merge/"): {404},
    ("POST", "/store/orders/"): {409, 422},
    ("POST", "/store/guest-orders/"): {409, 422},
    ("PATCH", "/store/orders/{order_id}/"): {409},
    ("DELETE", "/store/orders/{order_id}/"): {409},
    ("POST", "/store/orders/{order_id}/cancel/"): {409},
    ("POST", "/store/orders/{order_id}/refunds/"): {409, 422},
    ("POST", "/payments/create-payment-intent/"): {409, 422},
    ("POST", "/payments/verify-payment/"): {409},
    ("POST", "/auth/jwt/create/"): {401},
    ("POST", "/auth/jwt/refresh/"): {401},
    ("POST", "/auth/jwt/verify/"): {401},
    ("POST", "/auth/jwt/logout/"): {401},
}
TAGS = {
    "auth": ("Accounts", "Sign up, sign in, and what a user changes of themself."),
    "payments": ("Payments", "From an order to money: intent, verification, webhook."),
    "products": ("Products", "What is sold, with reviews, pictures and likes."),
    "collections": ("Collections", "The shelves of the shop."),
    "likes": ("Products", ""),
    "carts": ("Carts", "Anonymous: whoever knows the id may use it."),
    "customers": ("Customers", "Profiles and addresses."),
    "orders": ("Orders", "From a cart to a parcel."),
    "guest-orders": ("Orders", ""),
}
# What fields hold in examples, by name.
SAMPLES: dict[str, Any] = {
    "id": 1,
    "title": "Brass lamp",
    "description": "For the hall, made by hand.",
    "slug": "brass-lamp",
    "unit_price": 71.88,
    "price_with_tax": 79.07,
    "inventory": 4,
    "quantity": 2,
    "username": "asha",
    "email": "asha@example.com",
    "first_name": "Asha",
    "last_name": "Rao",
    "name": "Asha Rao",
    "phone": "+919876543210",
    "password": "a long enough password",
    "current_password": "a long enough password",
    "new_password": "another long password",
    "line1": "12 MG Road",
    "line2": "Indiranagar",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
    "currency": "INR",
    "image": "http://127.0.0.1:8000/media/pictures/4f2a.webp",
    "next": None,
    "previous": None,
    "count": 1,
}
SAMPLES_OF_FORMATS = {
    "uuid": "0c6d3d0f-6d3b-4f0e-9f6b-1f3f7c9d2a10",
    "date-time": "2026-11-22T18:30:00Z",
    "date": "2026-11-22",
    "email": "asha@example.com",
    "uri": "http://127.0.0.1:8000/media/pictures/4f2a.webp",
    "binary": "(the file)",
}


class ContractSchema(AutoSchema):
    """Documents every status that a view may answer with."""

    def get_operation(self, *arguments, **options) -> dict[str, Any] | None:
        operation = super().get_operation(*arguments, **options)
        if operation is not None:
            for status in self.find_statuses():
                operation["responses"].setdefault(str(status), describe(status))
            operation["responses"] = dict(sorted(operation["responses"].items()))
        return operation

    def get_tags(self) -> list[str]:
        first, second = (*self.path.strip("/").split("/"), "")[:2]
        return [TAGS.get(second, TAGS.get(first, (first.title(), "")))[0]]

    def find_statuses(self) -> set[int]:
        """By rule: what the path, the method and the permissions make possible, and what the view itself names."""
        statuses = set(NAMED.get((self.method, self.path), ()))
        statuses |= {406, 429}
        if self.view.get_authenticators():
            statuses.add(401)
        if "{" in self.path:
            statuses.add(404)
        if self.method in ("POST", "PUT", "PATCH"):
            statuses |= {400, 413, 415}
        if self.method != "GET":
            statuses.add(503)
        if any(self.may_forbid(permission) for permission in self.view.get_permissions()):
            statuses.add(403)
        if self.method == "GET" and hasattr(self.view, "filterset_class"):
            statuses.add(400)
        if self.method == "GET" and self.is_list():
            statuses.add(404)
        return statuses

    def is_list(self) -> bool:
        """Lists know pages, and a bad page is missing."""
        return self._is_list_view()

    def may_forbid(self, permission: BasePermission) -> bool:
        """Whether somebody with a good token may still be refused."""
        if isinstance(permission, (AllowAny, IsAuthenticated, MayPay)):
            return False
        return self.method != "GET" or not isinstance(permission, (IsStaffOrReadOnly, IsAuthorOrStaff))


def describe(status: int) -> dict[str, Any]:
    meaning, code = MEANINGS[status]
    if not code:
        return {"description": meaning}
    body = {"detail": meaning, "error": meaning, "code": code, "details": {}}
    content = {"schema": {"$ref": "#/components/schemas/Error"}, "example": body}
    return {"description": meaning, "content": {"application/json": content}}


def complete_schema(result: dict[str, Any], generator, request, public) -> dict[str, Any]:
    """Add the error's shape, the tags, and an example to every request and answer."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in schemas.items():
        if not name.endswith("Request"):
            # A pattern is a rule for what is written; what is read may be older than the rule, or empty.
            for part in schema.get("properties", {}).values():
                part.pop("pattern", None)
    schemas["Error"] = ERROR
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.values() if text]
    for methods in result["paths"].values():
        for operation in methods.values():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for content in (content for body in bodies for content in body.get("content", {}).values()):
                content.setdefault("example", make_example(content["schema"], schemas))
    return result


def make_example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "") -> Any:
    """A value that fits the schema: the same one each time."""
    if "$ref" in schema:
        return make_example(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, name)
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return make_example(schema[several][0], schemas, name)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = next(iter(kind)) if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        properties = schema.get("properties", {})
        return {key: make_example(part, schemas, key) for key, part in properties.items()}
    if kind == "array":
        return [make_example(schema.get("items", {}), schemas, name)]
    return make_plain(schema, kind, name)


def make_plain(schema: dict[str, Any], kind: str | None, name: str) -> Any:
    sample = SAMPLES.get(name)
    if kind == "string":
        return SAMPLES_OF_FORMATS.get(schema.get("format", ""), sample if isinstance(sample, str) else "text")
    if kind in ("integer", "number"):
        return sample if isinstance(sample, int | float) else max(1, schema.get("minimum", 1))
    return True if kind == "boolean" else None
