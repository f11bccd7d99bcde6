"""What search engines and social sites read about a page: title, address, picture, and facts as JSON-LD."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from pages.models import HomePage, ProductPage, ShopSettings
from pages.structured_product import describe_product

LONGEST_DESCRIPTION = 300
# JSON stands inside a script element, which any of these could end.
ESCAPED = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class Seo:
    """`facts` are JSON-LD, ready for a script element; `url` and `picture` are absolute."""

    title: str
    description: str
    url: str
    kind: str = "website"
    picture: str = ""
    price: str = ""
    facts: tuple[SafeString, ...] = ()


@dataclass(frozen=True)
class Described:
    """What a template knows of its page."""

    request: HttpRequest
    shop: ShopSettings
    context: dict[str, Any] = field(default_factory=dict)

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


def describe_page(page, *, context: dict[str, Any], request: HttpRequest) -> Seo:
    """What is said about a page with an address; filters and sorting are not part of it."""
    seen = Described(request=request, shop=ShopSettings.load(request), context=context)
    number = getattr(context.get("pagination"), "number", 1)
    path = page.get_url(request) or request.path
    is_product = isinstance(page, ProductPage)
    return Seo(
        title=page.seo_title or page.title,
        description=find_description(page, shop=seen.shop),
        url=seen.absolute(f"{path}?page={number}" if number > 1 else path),
        kind="product" if is_product else "website",
        picture=find_picture(seen),
        price=f"{context['price']:.2f}" if is_product and context.get("for_sale") else "",
        facts=tuple(map(to_script, list_facts(page, seen))),
    )


def find_description(page, *, shop: ShopSettings) -> str:
    words = (getattr(page, name, "") for name in ("search_description", "description", "introduction"))
    found = next(filter(None, words), shop.description)
    return " ".join(found.split())[:LONGEST_DESCRIPTION]


def find_picture(seen: Described) -> str:
    """The first of the gallery, else that of the first card, else the shop's own for sharing, else its logo."""
    gallery = seen.context.get("gallery") or ()
    cards = seen.context.get("cards") or ()
    pictures = [*gallery[:1], *(card.picture for card in cards[:1] if card.picture)]
    if pictures:
        return seen.absolute(pictures[0].large)
    own = seen.shop.share_picture or seen.shop.logo
    return seen.absolute(own.file.url) if own else ""


def list_facts(page, seen: Described) -> list[dict]:
    if isinstance(page, HomePage):
        return [describe_shop(seen), describe_site(seen)]
    facts = [describe_breadcrumbs(page, seen)] if seen.context.get("breadcrumbs") else []
    if isinstance(page, ProductPage) and page.product_id:
        facts.append(
            describe_product(page, context=seen.context, absolute=seen.absolute, shop=seen.shop.name)
        )
    return facts


def describe_shop(seen: Described) -> dict:
    shop = seen.shop
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": seen.absolute("/#shop"),
        "name": shop.name,
        "url": seen.absolute("/"),
    }
    if shop.description:
        facts["description"] = shop.description
    if shop.logo:
        facts["logo"] = seen.absolute(shop.logo.file.url)
    profiles = [link.value["address"] for link in shop.social_links]
    if profiles:
        facts["sameAs"] = profiles
    contact = {"email": shop.contact_email, "telephone": shop.contact_phone}
    given = {name: value for name, value in contact.items() if value}
    if given:
        facts["contactPoint"] = {"@type": "ContactPoint", "contactType": "customer service", **given}
    return facts


def describe_site(seen: Described) -> dict:
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": seen.shop.name,
        "url": seen.absolute("/"),
        "publisher": {"@id": seen.absolute("/#shop")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": seen.absolute(reverse("search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def describe_breadcrumbs(page, seen: Described) -> dict:
    links = [(link.title, link.url) for link in seen.context["breadcrumbs"]]
    links.append((page.title, page.get_url(seen.request) or seen.request.path))
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": seen.absolute(url)}
            for position, (title, url) in enumerate(links, start=1)
        ],
    }


def to_script(facts: dict) -> SafeString:
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPED))  # noqa: S308 - nothing in it can end the script element
