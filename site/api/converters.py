"""Ids in paths."""

import uuid


class UUIDConverter:
    """A UUID in any of its spellings; whatever is none matches no route."""

    regex = "[^/]+"

    def to_python(self, value: str) -> uuid.UUID:
        return uuid.UUID(value)

    def to_url(self, value: uuid.UUID) -> str:
        return str(value)
