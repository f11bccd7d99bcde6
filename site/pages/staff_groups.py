"""Who works in the shop's admin: groups, what each may do, and whose word a policy waits for.

Every group stands here. Setting them up only adds: what an administrator gave a group besides stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from database.transactions import entry_service

EDITORS, MANAGERS, SUPPORT, MARKETING = "Editors", "Shop managers", "Support", "Marketing"
APPROVAL = "Approval by a shop manager"


ENTER = "wagtailadmin.access_admin"
READ_ORDERS = (
    *(
        f"checkout.view_{name}"
        for name in (
            "order",
            "payment",
            "refund",
            "returnrequest",
            "invoice",
            "creditnote",
            "concern",
            "history",
        )
    ),
    "notifications.view_outgoingemail",
)
ANSWER_CUSTOMERS = (
    "checkout.add_order",
    "checkout.change_order",
    "checkout.change_returnrequest",
    "shop.view_product",
    "shop.view_review",
    "shop.change_review",
)
MOVE_MONEY = (
    "checkout.refund_payment",
    "checkout.add_payment",
    "checkout.change_concern",
    "checkout.view_dispute",
    "checkout.view_webhookevent",
    "checkout.change_webhookevent",
)
WRITE_MAILS = (
    "notifications.view_outgoingemail",
    "notifications.view_consent",
    "notifications.view_suppression",
    "notifications.change_mailtext",
    "notifications.change_marketingsettings",
)
LOOK_AFTER_MAILS = ("notifications.change_outgoingemail", "notifications.change_suppression")
READ_REPORTS = (
    "reports.view_reports",
    *(f"reports.{action}_reportschedule" for action in ("add", "change", "delete", "view")),
)


@dataclass(frozen=True)
class Rights:
    """`permissions`: `app.codename`, or `app.*` for all of an app. `pages`: Wagtail's, from the home page down."""

    permissions: tuple[str, ...]
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


# Editors write, build and publish pages, and set the look. Prices once public, policies and everything about
# money belong to shop managers. Support answers customers and moves no money; marketing
# reads, and writes the words of mails.
GROUPS: dict[str, Rights] = {
    EDITORS: Rights(
        permissions=(
            ENTER,
            "pages.change_shopsettings",
            "shop.view_product",
            "shop.view_review",
            "shop.view_tag",
            "shop.add_tag",
            "shop.change_tag",
            "shop.view_sale",
            "shop.add_sale",
            "shop.change_sale",
            "wagtailredirects.*",
        ),
        pages=("add", "change", "publish"),
        files=("add", "change", "choose"),
    ),
    MANAGERS: Rights(
        permissions=(
            ENTER,
            "pages.change_shopsettings",
            "pages.approve_policypage",
            "checkout.change_ordersettings",
            *READ_ORDERS,
            *ANSWER_CUSTOMERS,
            *MOVE_MONEY,
            *READ_REPORTS,
            *WRITE_MAILS,
            *LOOK_AFTER_MAILS,
            "shop.*",
            "wagtailredirects.*",
        ),
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        files=("add", "change", "delete", "choose"),
    ),
    SUPPORT: Rights(permissions=(ENTER, *READ_ORDERS, *ANSWER_CUSTOMERS)),
    MARKETING: Rights(permissions=(ENTER, *READ_REPORTS, *WRITE_MAILS)),
}


@entry_service
def set_up_groups(*, home: Page) -> None:
    """Make the groups with their rights, and the workflow by which a shop manager approves. Safe to repeat."""
    for name, rights in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*find_permissions(rights.permissions))
        grant_pages(group, rights.pages, home=home)
        grant_files(group, rights.files)
    set_up_workflow(home=home)


def find_permissions(names: tuple[str, ...]) -> QuerySet[Permission]:
    wanted = Q(pk=None)
    for name in names:
        app, _dot, codename = name.partition(".")
        wanted |= (
            Q(content_type__app_label=app)
            if codename == "*"
            else Q(content_type__app_label=app, codename=codename)
        )
    return Permission.objects.filter(wanted)


def grant_pages(group: Group, actions: tuple[str, ...], *, home: Page) -> None:
    for action in actions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


def grant_files(group: Group, actions: tuple[str, ...]) -> None:
    """Pictures and documents of the whole library."""
    root = Collection.get_first_root_node()
    for permission in find_file_permissions(actions):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def find_file_permissions(actions: tuple[str, ...]) -> Iterator[Permission]:
    for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        codenames = [f"{action}_{kind}" for action in actions]
        yield from Permission.objects.filter(content_type__app_label=app, codename__in=codenames)


def set_up_workflow(*, home: Page) -> None:
    """Below the home page, whoever may not publish sends pages to the shop managers."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    task, _made = GroupApprovalTask.objects.get_or_create(name=APPROVAL)
    task.groups.add(Group.objects.get(name=MANAGERS))
    workflow, _made = Workflow.objects.get_or_create(name=APPROVAL)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(workflow=workflow, page=home)
