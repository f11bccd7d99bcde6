"""What drf-spectacular cannot see by itself: how tokens are sent, and which routes are this API's."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from api.middleware import API_PREFIXES


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`JWT <access>`; `Bearer <access>` is accepted too.",
        }


def keep_own_routes(endpoints: list[tuple]) -> list[tuple[Any, ...]]:
    """Without the API that Wagtail's admin uses for itself."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(API_PREFIXES)]
