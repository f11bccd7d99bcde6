"""The sale form as a browser sends it."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from shop.models import Sale


def fill_form(*, products=(), collections=(), tags=(), **fields) -> dict:
    rows = [{"product": product.pk, "id": ""} for product in products]
    form = nested_form_data(
        {
            "name": "Diwali",
            "kind": "percent",
            "value": "20",
            "starts_at": "",
            "ends_at": "",
            "go_live_at": "",
            "expire_at": "",
            "chosen": inline_formset(rows),
            **fields,
        }
    )
    named = {"collections": [item.pk for item in collections], "tags": [tag.pk for tag in tags]}
    return {**form, **named}


def url_of(action: str, sale: Sale | None = None) -> str:
    return reverse(Sale.snippet_viewset.get_url_name(action), args=[sale.pk] if sale else [])


def add_sale(client: Client, *, publish: bool = True, headers=None, **fields) -> HttpResponse:
    button = {"action-publish": "1"} if publish else {}
    return client.post(url_of("add"), {**fill_form(**fields), **button}, follow=True, headers=headers)


def edit_sale(client: Client, sale: Sale, *, action: str = "publish", headers=None, **fields) -> HttpResponse:
    """`fields` are all the sale has afterwards; its chosen products are replaced."""
    form = fill_form(**fields)
    known = list(Sale.objects.get(pk=sale.pk).get_latest_revision_as_object().chosen.all())
    old = [{"product": row.product_id, "id": row.pk, "DELETE": "on"} for row in known if row.pk]
    new = [{"product": product.pk, "id": ""} for product in fields.get("products", ())]
    rows = nested_form_data({"chosen": inline_formset([*old, *new], initial=len(old))})
    button = {f"action-{action}": "1"} if action else {}
    return client.post(url_of("edit", sale), {**form, **rows, **button}, follow=True, headers=headers)


def messages_of(response: HttpResponse) -> str:
    return " ".join(str(message).strip() for message in response.context["messages"])
