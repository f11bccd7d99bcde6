"""The demo shop's pages, as an editor would have made them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wagtail.models import Page, Site

from database.transactions import entry_service
from pages.demo.pictures import paint_demo_picture
from pages.demo.specimens import DemoPicture
from pages.demo.stored_pictures import insert_picture, store_file
from pages.demo.texts import Block, DemoPage
from pages.demo.texts.home import HOME
from pages.demo.texts.landing import LANDING_PAGES
from pages.demo.texts.policies import POLICY_PAGES
from pages.demo.texts.shop import SHOP
from pages.demo.texts.standard import FORM_PAGES, STANDARD_PAGES
from pages.demo.tints import deal_tint
from pages.models import (
    FormPage,
    FormPageField,
    HomePage,
    LandingPage,
    PolicyPage,
    ShopSettings,
    StandardPage,
)
from pages.services.new_shop import open_shop
from shop.models import Picture

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

PAGES: tuple[tuple[type[Page], tuple[DemoPage, ...]], ...] = (
    (StandardPage, STANDARD_PAGES),
    (PolicyPage, POLICY_PAGES),
    (FormPage, FORM_PAGES),
    (LandingPage, LANDING_PAGES),
)
QUESTIONS = (
    ("Your name", "singleline", True),
    ("Email", "email", True),
    ("Order number", "singleline", False),
    ("Message", "multiline", True),
)


def seed_home(plan: "Plan") -> None:
    """The home page in place of Wagtail's welcome, and what stands around every page."""
    if isinstance(Site.objects.get(is_default_site=True).root_page.specific, HomePage):
        return
    # The home page last: it says that this is done.
    save_settings()
    open_shop(title=SHOP.name, description=SHOP.description)


@entry_service
def save_settings() -> None:
    shop = ShopSettings.objects.first() or ShopSettings()
    shop.name, shop.tagline = SHOP.name, SHOP.tagline
    shop.announcement, shop.footer_text = SHOP.announcement, f"{SHOP.footer_text}\n\n{SHOP.copyright_line}"
    shop.contact_email = "help@example.com"
    shop.shipping_text = "Free delivery above ₹999, in two to seven days."
    shop.returns_text = "Fourteen days to send it back, from your door."
    shop.save()


def seed_pages(plan: "Plan") -> None:
    """The pages with their pictures, whose files are stored before the transaction that writes all of it."""
    motifs = find_motifs(
        [*HOME, *(block for _model, pages in PAGES for page in pages for block in page.blocks)]
    )
    write_pages(pictures={motif: store_motif(motif) for motif in motifs})


def find_motifs(blocks: Iterable[Block]) -> list[str]:
    return sorted({values["motif"] for _name, values in blocks if "motif" in values})


def store_motif(motif: str) -> Picture:
    """A picture that only adorns: its description, which screen readers would read out, stays empty."""
    specimen = DemoPicture(motif=motif, alt=f"Motif: {motif}", tint=deal_tint(len(motif)))
    picture = store_file(specimen, paint_demo_picture(specimen))
    picture.description = ""
    return picture


@entry_service
def write_pages(*, pictures: dict[str, Picture]) -> None:
    """The home page last: it links to the others."""
    stored = {motif: insert_picture(picture) for motif, picture in pictures.items()}
    home = Site.objects.get(is_default_site=True).root_page.specific
    for model, pages in PAGES:
        for page in pages:
            add_page(model, page, home=home)
    # Once all addresses exist, what links to them.
    for page in (page for _model, pages in PAGES for page in pages):
        made = home.get_children().get(slug=page.slug).specific
        publish(made, page.blocks, home=home, pictures=stored)
    publish(home, HOME, home=home, pictures=stored)
    save_menus(home=home)


def add_page(model: type[Page], page: DemoPage, *, home: HomePage) -> None:
    if home.get_children().filter(slug=page.slug).exists():
        return
    made = model(
        title=page.title,
        slug=page.slug,
        show_in_menus=page.in_menu,
        search_description=page.introduction,
    )
    if page.kind:
        made.kind = page.kind
    if model is FormPage:
        made.form_fields = [
            FormPageField(label=label, field_type=kind, required=required, sort_order=order)
            for order, (label, kind, required) in enumerate(QUESTIONS)
        ]
    home.add_child(instance=made)


def save_menus(*, home: HomePage) -> None:
    """The footer as an editor would drag it together; the menu follows the tree."""
    shop = ShopSettings.objects.get()
    shop.footer_columns = [
        ("column", {"heading": heading, "links": list_links(links, home=home)})
        for heading, links in SHOP.footer_columns
    ]
    shop.save()


def list_links(links: Iterable[tuple[str, str]], *, home: HomePage) -> list[tuple[str, dict]]:
    found = ((label, find_page(slug, home=home)) for label, slug in links)
    return [("page", {"page": page, "label": label}) for label, page in found if page is not None]


def publish(page: Page, blocks: tuple[Block, ...], *, home: HomePage, pictures: dict[str, Picture]) -> None:
    page.body = [(name, fill_block(name, values, home=home, pictures=pictures)) for name, values in blocks]
    page.save_revision().publish()


def fill_block(name: str, values: dict[str, Any], *, home: HomePage, pictures: dict[str, Picture]) -> Any:
    """Turn names of motifs and pages into pictures and pages."""
    if name == "rich_text":
        return values["html"]
    if name == "product_grid":
        return fill_grid(values, home=home)
    if name == "columns":
        return {**values, "columns": [[("rich_text", html)] for html in values["columns"]]}
    filled = {key: value for key, value in values.items() if key not in ("motif", "link_slug", "questions")}
    if "motif" in values:
        filled["picture"] = pictures[values["motif"]]
    if "link_slug" in values:
        filled["link_page"] = find_page(values["link_slug"], home=home)
    if "questions" in values:
        filled["questions"] = [{"question": asked, "answer": told} for asked, told in values["questions"]]
    return filled


def fill_grid(values: dict[str, Any], *, home: HomePage) -> dict[str, Any]:
    slug = values.get("collection_slug")
    return {
        "heading": values["heading"],
        "rule": values["source"],
        "collection": find_page(slug, home=home) if slug else None,
        "tag": values.get("tag", ""),
        "highest_price": values.get("price"),
        "products": [],
        "limit": values["count"],
    }


def find_page(slug: str, *, home: HomePage) -> Page | None:
    return home.get_children().filter(slug=slug).first()
