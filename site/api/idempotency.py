"""`Idempotency-Key` at the edge: what makes two requests the same one, and how an answer is told again."""

import hashlib
import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import Refused
from api.models import IdempotentRequest
from api.parameters import LONGEST_KEY
from api.parsers import TolerantJSONRenderer
from api.services.idempotency import claim_key, keep_answer, release_key
from database.transactions import Busy

logger = logging.getLogger(__name__)

# Answers that a repetition may change: signing in, waiting or our own recovery is all it takes.
PASSING_STATUSES = frozenset({401, 403, 429})
# Stands for the secret in an answer that is kept: nothing that JSON of ours would hold.
HIDDEN = "\ue000secret\ue000"
Handler = Callable[..., HttpResponseBase]


def idempotent(handler: Handler) -> Handler:
    """For a view's method: with an `Idempotency-Key`, the same request has one effect and one answer.

    The handler takes `idempotency_key` (None without the header) and hands it to the service that makes
    the effect, so that a retry finds what a request that died had made.
    """

    @wraps(handler)
    def handle(view: APIView, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = read_key(request)
        if key is None:
            return handler(view, request, *args, idempotency_key=None, **kwargs)
        row = claim_key(
            digest=make_digest(name_principal(request), key),
            fingerprint=make_fingerprint(request),
            now=timezone.now(),
        )
        if row.is_answered:
            return replay(row, secret=find_secret(view, row))
        try:
            response = handler(view, request, *args, idempotency_key=row.effect_key, **kwargs)
        except Exception as error:
            response = view.handle_exception(error)
        settle(row, response, secret=find_secret(view, row))
        return response

    handle.is_idempotent = True  # the schema says so
    return handle


def read_key(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        sentence = f"An Idempotency-Key has 1 to {LONGEST_KEY} characters."
        raise Refused(sentence, status=400, code="idempotency_key_invalid")
    return key


def name_principal(request: Request) -> str:
    """Who is signed in; a guest is whoever knows the secret in the body: of an order, else of a cart."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    said = request.data if isinstance(request.data, dict) else {}
    return f"guest:{said.get('order_token') or said.get('cart_id') or ''}"


def make_fingerprint(request: Request) -> str:
    """Of what was said, not of its bytes: a multipart boundary is another one at every try."""
    data = request.data
    body = dict(data.lists()) if isinstance(data, QueryDict) else data
    try:
        said = json.dumps(body, sort_keys=True, default=str)
    except RecursionError as error:
        raise ParseError("JSON parse error - nested too deeply") from error
    return make_digest(request.method, request.path, name_principal(request), said)


def make_digest(*parts: str) -> str:
    # As JSON, so that no two lists of parts are written the same.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def find_secret(view: APIView, row: IdempotentRequest) -> str:
    """What the effect's answer tells once: the view makes it again, so that no row keeps it in clear."""
    make_secret = getattr(view, "make_secret", None)
    return make_secret(row.effect_key) if make_secret else ""


def settle(row: IdempotentRequest, response: Response, *, secret: str) -> None:
    """Keep the answer, without its secret, or free the key where a retry may get another one."""
    status = response.status_code
    try:
        if status >= 500 or status in PASSING_STATUSES:
            release_key(row=row, now=timezone.now())
        else:
            content = TolerantJSONRenderer().render(response.data).decode()
            kept = content.replace(secret, HIDDEN) if secret else content
            keep_answer(row=row, status=status, content=kept)
    except (Busy, OperationalError):
        # The effect is there and the caller shall know; a retry resumes the row after its lease.
        logger.warning("The answer to an idempotent request could not be kept", exc_info=True)


def replay(row: IdempotentRequest, *, secret: str) -> HttpResponse:
    headers = {"Idempotent-Replayed": "true"}
    content = row.content.replace(HIDDEN, secret)
    return HttpResponse(content, status=row.status, content_type="application/json", headers=headers)
