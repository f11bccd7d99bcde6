"""One handler makes every error body: REST framework's own, and `error`, `code` and `details` beside it."""

import logging
from typing import Any

from django.core import exceptions as django
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions as rest
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler

from api.refusals import Rule, find_rule
from database.transactions import BUSY, Busy, is_lost, is_passing

logger = logging.getLogger(__name__)

UNEXPECTED = "Something went wrong on our side. Please try again in a moment."


class Refused(rest.APIException):
    """A refusal with a status and a stable code of its own; `wait` in seconds becomes `Retry-After`."""

    def __init__(
        self,
        sentence: str,
        *,
        status: int,
        code: str,
        details: dict[str, Any] | None = None,
        wait: int | None = None,
    ) -> None:
        super().__init__(sentence, code)
        self.status_code = status
        self.details = details or {}
        self.wait = wait


def handle_exception(error: Exception, context: dict[str, Any]) -> Response:
    """REST framework's EXCEPTION_HANDLER: what is known leaves by its rule, the rest is logged and says 500."""
    known = translate(error)
    if known is None:
        logger.error("Unexpected error in %s", context.get("view"), exc_info=error)
        known = Refused(UNEXPECTED, status=500, code="server_error")
    response = exception_handler(known, context)
    response.data = complete_body(known, response.data)
    return response


def translate(error: Exception) -> rest.APIException | None:
    """REST framework's name for an exception of Django or of the shop; None where nobody expected it."""
    if isinstance(error, rest.APIException):
        return error
    if isinstance(error, Http404):
        return rest.NotFound(*error.args)
    if isinstance(error, django.PermissionDenied):
        return rest.PermissionDenied(*error.args)
    if isinstance(error, django.ValidationError):
        return rest.ValidationError(as_serializer_error(error))
    if isinstance(error, django.RequestDataTooBig):
        return Refused("The request is too large.", status=413, code="too_large")
    if isinstance(error, django.SuspiciousOperation):
        return rest.ParseError()
    if isinstance(error, OperationalError) and (is_lost(error) or is_passing(error)):
        error = Busy(BUSY)
    rule = find_rule(error)
    return rule and refuse(error, rule)


def refuse(error: Exception, rule: Rule) -> rest.APIException:
    sentence = rule.sentence_of(error)
    if rule.field:
        return rest.ValidationError({rule.field: [sentence]})
    wait = rule.seconds_of(error)
    return Refused(sentence, status=rule.status, code=rule.code, details=rule.details(error), wait=wait)


def complete_body(error: rest.APIException, data: Any) -> dict[str, Any]:
    """Add the three keys that are always there."""
    if isinstance(error, rest.ValidationError):
        fields = data if isinstance(data, dict) else {"non_field_errors": data}
        return {**fields, "error": first_sentence(fields), "code": "invalid", "details": fields}
    code = str(data.get("code") or error.get_codes())
    return {**data, "error": str(data["detail"]), "code": code, "details": getattr(error, "details", {})}


def first_sentence(errors: Any) -> str:
    """The first message of however deep a map of errors."""
    if isinstance(errors, dict):
        errors = list(errors.values())
    if not isinstance(errors, list):
        return str(errors)
    return next(filter(None, map(first_sentence, errors)), "")
