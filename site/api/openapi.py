"""What the exported schema says beyond what drf-spectacular sees: statuses, errors, examples, tags."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated

from api.examples import OF_OPERATIONS, make_example
from api.operations import READS_RAW_BODY, REFUSALS, SUMMARIES
from api.pagination import OptionalPagination
from api.parameters import IDEMPOTENCY_KEY, IF_NONE_MATCH
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
    304: ("The client has it already: nothing has changed.", ""),
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
    "": ("Webhooks", "What clients are told by themselves; docs/webhooks.md says how."),
}
REPLAYED = {
    "Idempotent-Replayed": {
        "description": "`true` where this is the first answer told again.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}
VALIDATORS = {
    "ETag": {"description": "Send it as `If-None-Match` to ask again.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "Or this as `If-Modified-Since`.", "schema": {"type": "string"}},
}
RETRY_AFTER = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
HEADERS = {
    401: {"WWW-Authenticate": {"description": '`JWT realm="api"`', "schema": {"type": "string"}}},
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}
READS = ("GET", "HEAD", "OPTIONS")
# The one DELETE that is told something.
DELETE_WITH_BODY = ("DELETE", "/auth/users/me/")


class ContractSchema(AutoSchema):
    """Documents every status that a view may answer with."""

    def get_operation(self, *arguments, **options) -> dict[str, Any] | None:
        operation = super().get_operation(*arguments, **options)
        if operation is not None:
            refusals = REFUSALS.get((self.method, self.path), {})
            for status in self.find_statuses(takes_body="requestBody" in operation) | set(refusals):
                response = describe(status, *refusals.get(status, ()))
                operation["responses"].setdefault(str(status), response)
            operation["responses"] = dict(sorted(operation["responses"].items()))
            self.document_headers(operation["responses"])
        return operation

    def document_headers(self, responses: dict[str, Any]) -> None:
        success = responses[min(responses)]
        if self.is_idempotent():
            success["headers"] = REPLAYED
        if self.is_marked("is_public_read"):
            success["headers"] = VALIDATORS

    def get_summary(self) -> str | None:
        return SUMMARIES.get((self.method, self.path))

    def get_override_parameters(self) -> list:
        if self.is_marked("is_public_read"):
            return [IF_NONE_MATCH]
        return [IDEMPOTENCY_KEY] if self.is_idempotent() else []

    def is_idempotent(self) -> bool:
        return self.is_marked("is_idempotent")

    def is_marked(self, mark: str) -> bool:
        """Whether the decorator that leaves this mark stands on the method that answers."""
        action = getattr(self.view, "action", None) or self.method.lower()
        return hasattr(getattr(self.view, action, None), mark)

    def get_auth(self) -> list[dict[str, list]]:
        """Nobody signed in is one way to ask wherever that is allowed."""
        ways = super().get_auth()
        return ways if {} in ways or not self.is_open() else [*ways, {}]

    def is_open(self) -> bool:
        permissions = self.view.get_permissions()
        if self.method in READS:
            return all(isinstance(one, (IsStaffOrReadOnly, IsAuthorOrStaff)) for one in permissions)
        return any(isinstance(one, MayPay) for one in permissions)

    def get_paginated_name(self, serialized_name: str) -> str:
        """Products come in pages always, other lists where the request asks for them."""
        return (
            f"{serialized_name}{'List' if isinstance(self._get_paginator(), OptionalPagination) else 'Page'}"
        )

    def get_tags(self) -> list[str]:
        first, second = (*self.path.strip("/").split("/"), "")[:2]
        return [TAGS.get(second, TAGS.get(first, (first.title(), "")))[0]]

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        if (self.method, self.path) != DELETE_WITH_BODY:
            return super()._get_request_body(direction)
        self.method = "POST"  # drf-spectacular knows no other DELETE than an empty one
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"

    def find_statuses(self, *, takes_body: bool) -> set[int]:
        """By rule: what the path, the method and the permissions make possible."""
        statuses = {406, 503}
        if "throttle_classes" not in vars(type(self.view)):
            statuses.add(429)
        if self.view.get_authenticators():
            statuses.add(401)
        if "{" in self.path or (self.method == "GET" and self._is_list_view()):
            statuses.add(404)  # lists know pages, and a bad page is missing
        if takes_body:
            statuses |= {400, 413} if (self.method, self.path) in READS_RAW_BODY else {400, 413, 415}
        if self.is_marked("is_public_read"):
            statuses.add(304)
        if any(self.may_forbid(permission) for permission in self.view.get_permissions()):
            statuses.add(403)
        if getattr(self.view, "filterset_class", None) and self._is_list_view():
            statuses.add(400)
        if self.is_idempotent():
            statuses |= {409, 422}
        return statuses

    def may_forbid(self, permission: BasePermission) -> bool:
        """Whether somebody with a good token may still be refused."""
        if isinstance(permission, (AllowAny, IsAuthenticated, MayPay)):
            return False
        return self.method != "GET" or not isinstance(permission, (IsStaffOrReadOnly, IsAuthorOrStaff))


def describe(status: int, code: str = "", sentence: str = "") -> dict[str, Any]:
    meaning, usual = MEANINGS[status]
    if not usual:
        return {"description": meaning}
    sentence = sentence or meaning
    body = {"detail": sentence, "error": sentence, "code": code or usual, "details": {}}
    content = {"schema": {"$ref": "#/components/schemas/Error"}, "example": body}
    response = {"description": meaning, "content": {"application/json": content}}
    return {**response, "headers": HEADERS[status]} if status in HEADERS else response


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
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            give_examples((method.upper(), path), operation, schemas)
    for name, methods in result["webhooks"].items():
        give_examples(("WEBHOOK", name), methods["post"], schemas)
    return result


def give_examples(name: tuple[str, str], operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    request, answers = operation.get("requestBody", {}), operation["responses"].values()
    for kind, body in (("request", request), *(("answer", answer) for answer in answers)):
        for content in body.get("content", {}).values():
            if "example" not in content:
                own = OF_OPERATIONS.get((*name, kind))
                content["example"] = make_example(content["schema"], schemas) if own is None else own
