"""How products and collections behave in Wagtail's admin."""

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from pages import policies
from pages.admin_views import add_product_choice, apply_product_facts
from pages.desk import permissions
from pages.desk.urls import urlpatterns as catalogue_urls
from pages.draft_links import show_draft_link
from pages.first_steps import FirstStepsPanel
from pages.models import ProductPage
from pages.public_answers import answer_public
from pages.services.archive import archive_if_ordered, find_filled_collections
from shop.wagtail_hooks import CATALOGUE_MENU

SCRIPTS = ("facts", "looks")


@hooks.register("register_admin_urls")
def register_product_urls():
    facts = path("products/<int:page_id>/facts/", apply_product_facts, name="apply_product_facts")
    choices = path("products/<int:page_id>/choices/", add_product_choice, name="add_product_choice")
    draft = path("pages/<int:page_id>/draft-link/", show_draft_link, name="draft_link")
    return [facts, choices, draft, *catalogue_urls]


class CatalogueItem(MenuItem):
    """First in the menu "Catalogue", for those who may look at it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permissions.VIEW)


@hooks.register(CATALOGUE_MENU)
def add_products_to_menu():
    return CatalogueItem(_("Products"), reverse("catalogue"), icon_name="table", order=0)


@hooks.register("register_permissions")
def offer_catalogue_permissions():
    """To be ticked for groups."""
    names = [name.partition(".")[2] for name in (permissions.VIEW, permissions.CHANGE, permissions.IMPORT)]
    return Permission.objects.filter(content_type__app_label="shop", codename__in=names)


@hooks.register("construct_homepage_panels")
def add_first_steps(request: HttpRequest, panels: list) -> None:
    panels.append(FirstStepsPanel())


@hooks.register("register_page_header_buttons")
def offer_draft_link(page: Page, user, next_url=None, view_name=None):
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Link to this draft"), reverse("draft_link", args=[page.pk]), icon_name="link", priority=70
        )


hooks.register("construct_page_action_menu", policies.hide_publishing)
hooks.register("before_create_page", policies.refuse_publishing)


@hooks.register("register_permissions")
def offer_policy_permission():
    return Permission.objects.filter(content_type__app_label="pages", codename="approve_policypage")


@hooks.register("insert_global_admin_js")
def add_scripts():
    return format_html_join(
        "\n",
        '<script src="{}" type="module"></script>',
        ((static(f"js/admin/{name}.js"),) for name in SCRIPTS),
    )


@hooks.register("insert_global_admin_css")
def add_facts_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_log_actions")
def register_product_actions(actions):
    actions.register_action("haat.change_facts", _("Change price and stock"), _("Price and stock changed"))
    actions.register_action("haat.add_choice", _("Add a size or colour"), _("Size or colour added"))
    actions.register_action("haat.bulk_change", _("Change many products"), _("Many products changed"))
    actions.register_action("haat.import_checked", _("Bring a file"), _("File of products brought"))
    actions.register_action("haat.import_applied", _("Apply a file"), _("File of products applied"))
    actions.register_action("haat.archive", _("Archive"), _("Taken off the shop and archived"))


@hooks.register("before_delete_page")
def keep_page(request: HttpRequest, page: Page):
    """Wagtail calls this in the transaction of its deletion; an answer ends that."""
    if keep_shelves(request, page) or (request.method == "POST" and keep_ordered(request, page)):
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def keep_pages(request: HttpRequest, action_type: str, objects: list, action):
    """Leave Wagtail only those to delete that may go; it works on the very list."""
    if action_type != "delete" or action.model is not Page:
        return None
    objects[:] = [
        page for page in objects if not keep_shelves(request, page) and not keep_ordered(request, page)
    ]
    return None if objects else redirect(action.next_url)


def keep_shelves(request: HttpRequest, page: Page) -> bool:
    """A collection with products stays, and so does every page above it."""
    filled = find_filled_collections(page=page)
    if filled:
        names = get_text_list([f"“{title}”" for title in filled[:3]], _("and"))
        messages.error(request, _("Move or delete the products of %(names)s first.") % {"names": names})
    return bool(filled)


def keep_ordered(request: HttpRequest, page: Page) -> bool:
    """A product that was ordered is archived instead."""
    product_page = ProductPage.objects.filter(pk=page.pk).first()
    if product_page is None or not archive_if_ordered(page=product_page, user=request.user):
        return False
    sentence = _("“%(title)s” stands in orders, so it was taken off the shop and kept in the archive.")
    messages.success(request, sentence % {"title": product_page.title})
    return True


@hooks.register("on_serve_page")
def serve_public(serve_next):
    """Whoever may read a page at all reads the same bytes, unless it is a preview or restricted."""

    def serve(page: Page, request: HttpRequest, args, kwargs):
        if request.method not in ("GET", "HEAD") or is_restricted(page, request):
            return serve_next(page, request, args, kwargs)
        return answer_public(request, lambda: serve_next(page, request, args, kwargs))

    return serve


def is_restricted(page: Page, request: HttpRequest) -> bool:
    return getattr(request, "is_preview", False) or page.get_view_restrictions().exists()
