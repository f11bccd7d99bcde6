"""What drf-spectacular cannot see by itself: how tokens are sent, and which routes are this API's."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from api.middleware import API_PREFIXES


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.TokenAuthentication"
    name = ["token", "bearer"]

    def get_security_requirement(self, auto_schema) -> list[dict[str, list]]:
        """Either of them."""
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema) -> list[dict[str, str]]:
        header = {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "The word `JWT`, a space, and the access token of `POST /auth/jwt/create/`.",
        }
        bearer = {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The access token alone; it is sent as `Bearer`, which is accepted too.",
        }
        return [header, bearer]


def keep_own_routes(endpoints: list[tuple]) -> list[tuple[Any, ...]]:
    """Without the API that Wagtail's admin uses for itself."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(API_PREFIXES)]
