import pytest
import yaml
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
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
