"""Points in time leave as UTC with a Z, whatever the shop's own time zone."""

from datetime import UTC, datetime

from rest_framework.serializers import DateTimeField

FIELD = DateTimeField(default_timezone=UTC)


def shape_moment(at: datetime) -> str:
    return FIELD.to_representation(at)
