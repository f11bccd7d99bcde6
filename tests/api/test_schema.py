import json

import pytest
import yaml
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.validation import validate_schema

from tests.api.wire import Api


def test_schema_generates_without_a_warning():
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    assert not GENERATOR_STATS
    assert schema["openapi"] == "3.1.0"
    assert schema["components"]["securitySchemes"]["token"]["name"] == "Authorization"
    assert {path.split("/")[1] for path in schema["paths"]} == {"auth", "store", "payments"}


@pytest.mark.django_db
def test_schema_is_served_to_anyone():
    response = Api().client.get("/api/schema/")
    assert response.status_code == 200
    assert "/store/products/{id}/" in yaml.safe_load(response.content)["paths"]


def test_exported_schema_is_the_current_one():
    """`make schema` exports it again."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    exported = json.loads((settings.ROOT / "docs/openapi.json").read_text())
    assert exported == json.loads(OpenApiJsonRenderer().render(schema))


def find_operations() -> list[tuple[str, str, dict]]:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [
        (path, method, operation) for path, methods in paths.items() for method, operation in methods.items()
    ]


def test_every_body_has_an_example_that_fits():
    for path, method, operation in find_operations():
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for kind, content in body.get("content", {}).items():
                assert "example" in content, (path, method, kind)


def test_every_error_has_the_one_shape():
    for path, method, operation in find_operations():
        assert "429" in operation["responses"], (path, method)
        for status, response in operation["responses"].items():
            if status >= "400":
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Error"}, (path, method, status)


def test_every_operation_stands_under_a_tag_that_is_described():
    described = {tag["name"] for tag in SchemaGenerator().get_schema(request=None, public=True)["tags"]}
    assert {tag for _path, _method, operation in find_operations() for tag in operation["tags"]} == described
