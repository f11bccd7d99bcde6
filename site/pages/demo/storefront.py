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
from pages.demo.texts.shop import SHOP
from pages.demo.texts.standard import STANDARD_PAGES
from pages.demo.tints import deal_tint
from pages.models import HomePage, LandingPage, ShopSettings, StandardPage
from shop.models import Picture

if TYPE_CHECKING:
    from pages.demo.seeding import Plan


@entry_service
def seed_home(plan: "Plan") -> None:
    """The home page in place of Wagtail's welcome, and what stands around every page."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page.specific
    if isinstance(welcome, HomePage):
        return
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(title=SHOP.name, slug="shop", search_description=SHOP.description[:160])
    )
    site.root_page, site.site_name = home, SHOP.name
    site.save()
    welcome.delete()
    save_settings()


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
    pages = (*STANDARD_PAGES, *LANDING_PAGES)
    motifs = find_motifs([*HOME, *(block for page in pages for block in page.blocks)])
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
    """Standard and landing pages first: the home page links to them."""
    stored = {motif: insert_picture(picture) for motif, picture in pictures.items()}
    home = Site.objects.get(is_default_site=True).root_page.specific
    for model, pages in ((StandardPage, STANDARD_PAGES), (LandingPage, LANDING_PAGES)):
        for page in pages:
            add_page(model, page, home=home)
    # Once all addresses exist, what links to them.
    for page in (*STANDARD_PAGES, *LANDING_PAGES):
        made = home.get_children().get(slug=page.slug).specific
        publish(made, page.blocks, home=home, pictures=stored)
    publish(home, HOME, home=home, pictures=stored)


def add_page(model: type[Page], page: DemoPage, *, home: HomePage) -> None:
    if home.get_children().filter(slug=page.slug).exists():
        return
    home.add_child(
        instance=model(
            title=page.title,
            slug=page.slug,
            show_in_menus=page.in_menu,
            search_description=page.introduction,
        )
    )


def publish(page: Page, blocks: tuple[Block, ...], *, home: HomePage, pictures: dict[str, Picture]) -> None:
    page.body = [(name, fill_block(name, values, home=home, pictures=pictures)) for name, values in blocks]
    page.save_revision().publish()


def fill_block(name: str, values: dict[str, Any], *, home: HomePage, pictures: dict[str, Picture]) -> Any:
    """Turn names of motifs and pages into pictures and pages."""
    if name == "rich_text":
        return values["html"]
    if name == "product_grid":
        return fill_grid(values, home=home)
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
