import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from checkout.origins import REFUSAL, is_same_origin, same_origin_required


@same_origin_required
def answer(request, number: int) -> HttpResponse:
    return HttpResponse(f"number {number}")


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        # What the browser says of the site counts more than the origin that an old proxy may have changed.
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, True),
        ({"Origin": "http://testserver:8080"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "ftp://testserver"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Referer": "http://testserver/"}, False),
        ({}, False),
    ],
)
def test_request_is_of_our_own_page_only_where_the_browser_says_so(headers, is_ours):
    request = RequestFactory().post("/cart/add/", headers=headers)
    assert is_same_origin(request) is is_ours
    assert answer(request, number=7).status_code == (200 if is_ours else 403)


def test_origin_with_the_port_of_the_request_is_ours():
    request = RequestFactory().post(
        "/", headers={"Origin": "http://localhost:8000", "Host": "localhost:8000"}
    )
    assert is_same_origin(request)


def test_foreign_form_is_refused_in_a_sentence():
    response = answer(RequestFactory().post("/"), number=7)
    assert (response.status_code, response.content.decode()) == (403, REFUSAL)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_decorated_view_needs_no_token_and_keeps_its_name():
    assert answer.csrf_exempt is True
    assert answer.__name__ == "answer"
