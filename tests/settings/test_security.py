import pytest

from tests.factories.catalogue import make_product


@pytest.mark.django_db
def test_storefront_policy_allows_nothing_inline(client):
    page = make_product().page
    response = client.get(page.url)
    policy = response.headers["Content-Security-Policy"]
    assert response.status_code == 200
    assert "unsafe" not in policy
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert (directives["default-src"], directives["style-src"], directives["object-src"]) == (
        "'self'",
        "'self'",
        "'none'",
    )
    assert directives["script-src"].split()[0] == "'self'"


@pytest.mark.django_db
def test_unknown_host_is_refused(client):
    for path in ("/", "/store/products/"):
        assert client.get(path, headers={"Host": "evil.example"}).status_code == 400
