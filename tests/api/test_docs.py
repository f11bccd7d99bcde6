"""The interactive documentation: from here, and nowhere else."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def test_docs_come_with_assets_of_their_own():
    answer = Client().get("/api/docs/")
    page = answer.content.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert (answer.status_code, len(sources) >= 3) == (200, True)
    for source in sources:
        assert source.startswith("/static/drf_spectacular_sidecar/"), source
        assert finders.find(source.removeprefix("/static/")), source
    assert "/api/schema/" in page
    assert "https://" not in page.replace("https://www.w3.org", "")


def test_docs_can_authorize():
    schema = Client().get("/api/schema/?format=json", headers={"Accept": "application/vnd.oai.openapi+json"})
    schemes = schema.json()["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["name"]) == ("apiKey", "Authorization")
    assert (schemes["bearer"]["type"], schemes["bearer"]["scheme"]) == ("http", "bearer")
