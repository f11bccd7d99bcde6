import json

import pytest
import yaml
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from api.includes.carts import CART_INCLUDES
from api.includes.orders import ORDER_INCLUDES
from api.includes.products import PRODUCT_INCLUDES
from api.includes.reviews import REVIEW_INCLUDES
from api.operations import SUMMARIES
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
    components = SchemaGenerator().get_schema(request=None, public=True)["components"]
    for path, method, operation in find_operations():
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for kind, content in body.get("content", {}).items():
                errors = find_errors(content["example"], content["schema"], components)
                assert (path, method, kind, errors) == (path, method, kind, [])


def find_errors(example, schema: dict, components: dict) -> list[str]:
    """What is wrong with an example; as JSON, where no decimals are and no tuples."""
    validator = Draft202012Validator({**schema, "components": components})
    return [error.message for error in validator.iter_errors(json.loads(json.dumps(example)))]


def test_no_example_says_text():
    """Where nobody thought of what a field holds."""
    for path, method, operation in find_operations():
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for content in body.get("content", {}).values():
                assert '"text"' not in json.dumps(content["example"]), (path, method)


def test_every_operation_is_named_and_described():
    operations = find_operations()
    assert set(SUMMARIES) == {(method.upper(), path) for path, method, _operation in operations}
    for path, method, operation in operations:
        assert operation["summary"] == SUMMARIES[method.upper(), path]
        assert operation["description"].endswith((".", "!")), (path, method)


def find_parameters(path: str, method: str) -> dict[str, dict]:
    operation = SchemaGenerator().get_schema(request=None, public=True)["paths"][path][method]
    return {parameter["name"]: parameter for parameter in operation.get("parameters", ())}


@pytest.mark.parametrize(
    ("method", "path", "names"),
    [
        ("get", "/store/products/", [*PRODUCT_INCLUDES, "facets"]),
        ("post", "/store/products/", [*PRODUCT_INCLUDES]),
        ("patch", "/store/products/{id}/", [*PRODUCT_INCLUDES]),
        ("get", "/store/likes/", [*PRODUCT_INCLUDES]),
        ("post", "/store/carts/", [*CART_INCLUDES]),
        ("get", "/store/carts/mine/", [*CART_INCLUDES]),
        ("post", "/store/orders/", [*ORDER_INCLUDES]),
        ("get", "/store/guest-orders/{token}/", [*ORDER_INCLUDES]),
        ("get", "/store/products/{product_id}/reviews/", [*REVIEW_INCLUDES]),
    ],
)
def test_include_is_documented_with_its_names(method, path, names):
    include = find_parameters(path, method)["include"]
    assert include["schema"]["items"]["enum"] == names
    assert (include["in"], include["style"], include["explode"]) == ("query", "form", False)
    assert all(f"- `{name}`: " in include["description"] for name in names)


@pytest.mark.parametrize(
    "path",
    [
        "/store/orders/",
        "/store/guest-orders/",
        "/store/orders/{order_id}/refunds/",
        "/payments/create-payment-intent/",
    ],
)
def test_idempotency_key_is_documented(path):
    key = find_parameters(path, "post")["Idempotency-Key"]
    assert (key["in"], key["schema"]) == ("header", {"type": "string", "minLength": 1, "maxLength": 255})


def test_reads_of_the_catalogue_need_no_token():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    either = [{"token": []}, {"bearer": []}]
    assert paths["/store/products/"]["get"]["security"] == [*either, {}]
    assert paths["/store/products/"]["post"]["security"] == either
    assert paths["/payments/create-payment-intent/"]["post"]["security"] == [*either, {}]


def test_every_error_has_the_one_shape():
    for path, method, operation in find_operations():
        assert ("429" in operation["responses"]) == (path != "/payments/webhook/"), (path, method)
        for status, response in operation["responses"].items():
            if status >= "400":
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Error"}, (path, method, status)


def test_every_operation_stands_under_a_tag_that_is_described():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    described = {tag["name"] for tag in schema["tags"]}
    operations = [operation for _path, _method, operation in find_operations()]
    operations += [methods["post"] for methods in schema["webhooks"].values()]
    assert {tag for operation in operations for tag in operation["tags"]} == described
