"""Wagtail's page forms as a browser sends them."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from pages.models import ProductPage
from shop.models import Picture

JSON = {"headers": {"accept": "application/json"}}


def fill_form(**fields) -> dict:
    """The form of a product, collection or content page."""
    body = [(name, rich_text(html)) for name, html in fields.pop("texts", [])]
    pictures = fields.pop("pictures", [])
    rows = [{"picture": picture.pk, "caption": caption, "id": ""} for picture, caption in pictures]
    return nested_form_data(
        {
            "title": "",
            "slug": slugify(fields.get("title", ""), allow_unicode=True),  # as the form's own script does
            "description": "",
            "introduction": "",
            "seo_title": "",
            "search_description": "",
            "body": streamfield(body),
            "specifications": streamfield([]),
            "related": streamfield([]),
            "pictures": inline_formset(rows),
            "comments": inline_formset([]),
            **fields,
        }
    )


def add_page(
    client: Client, parent: Page, *, kind: str = "productpage", as_json: bool = False, **fields
) -> HttpResponse:
    url = reverse("wagtailadmin_pages:add", args=["pages", kind, parent.pk])
    return client.post(url, fill_form(**fields), **(JSON if as_json else {}))


def edit_page(client: Client, page: Page, *, as_json: bool = False, **fields) -> HttpResponse:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, fill_form(**fields), **(JSON if as_json else {}))


def publish(client: Client, page: Page, **fields) -> HttpResponse:
    return edit_page(client, page, **fields, **{"action-publish": "1"})


def replace_pictures(page: ProductPage, *wanted: tuple[Picture, str]) -> dict:
    """The rows of a form that gives the page these pictures instead of those it has."""
    ids = {item.picture_id: item.pk for item in fresh(page).pictures.all()}
    rows = [
        {"picture": picture.pk, "caption": caption, "id": ids.pop(picture.pk, "")}
        for picture, caption in wanted
    ]
    rows += [{"picture": picture, "caption": "", "id": pk, "DELETE": "on"} for picture, pk in ids.items()]
    rows.sort(key=lambda row: row["id"] == "")  # those that exist stand first in a formset
    for row in rows:
        row["ORDER"] = next((n for n, (picture, _) in enumerate(wanted) if picture.pk == row["picture"]), 99)
    known = sum(row["id"] != "" for row in rows)
    return nested_form_data({"pictures": inline_formset(rows, initial=known)})


def copy_page(client: Client, page: Page, *, slug: str, to: Page | None = None, **fields) -> HttpResponse:
    form = {
        "new_title": fields.pop("title", "Copy"),
        "new_slug": slug,
        "new_parent_page": (to or page.get_parent()).pk,
        **fields,
    }
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


def move_page(client: Client, page: Page, to: Page) -> HttpResponse:
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk]))


def delete_page(client: Client, page: Page) -> HttpResponse:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def bulk(client: Client, action: str, *pages: Page, **fields) -> HttpResponse:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?{ids}&next=/admin/pages/", fields, follow=True)


def fresh(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


def newest_product_page() -> ProductPage:
    return ProductPage.objects.latest("pk")


def messages_of(response: HttpResponse) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]
