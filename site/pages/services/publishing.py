"""Publishing by services. Whoever calls them has decided that the user may: Wagtail's permissions are not asked."""

from collections.abc import Callable, Mapping

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from pages.models import BondedPage

# What is done to a page, and again to its drafts.
Change = Callable[[BondedPage], None]


def add_live_page(*, page: BondedPage, parent: Page, user=None) -> None:
    """Insert a page that is live from its first row on, with the revision and dates that publishing gives.

    Publishing it afterwards would clean and write everything a second time; Wagtail's own copying does as here.
    """
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=user is not None, changed=False, clean=False)
    page.live_revision = revision
    page.first_published_at = page.last_published_at = revision.created_at
    page.save(clean=False, update_fields=["live_revision", "first_published_at", "last_published_at"])
    page_published.send(sender=type(page), instance=page, revision=revision)
    log(instance=page, action="wagtail.publish", user=user, revision=revision)


def publish_content(*, page: BondedPage, content: Mapping[str, str], user=None) -> None:
    """`publish_change` of new values for some fields."""
    publish_change(page=page, change=lambda version: apply_content(version, content), user=user)


def publish_change(*, page: BondedPage, change: Change, user=None) -> None:
    """Change the page as it stands in the database, and publish it where the page is live.

    An open draft and a scheduled version keep their other changes and get this one too.
    """
    scheduled = page.scheduled_revision
    draft = page.get_latest_revision() if page.has_unpublished_changes else None
    change(page)
    if page.live:
        revision = page.save_revision(user=user, log_action=True)
        PublishPageRevisionAction(revision, user=user).execute(skip_permission_checks=True)
    else:
        page.save()
        page.copy_content()
    if scheduled is not None and scheduled != draft:
        renew_revision(scheduled, change=change, user=user)
    if draft is not None:
        renew_revision(draft, change=change, user=user)


def renew_revision(revision: Revision, *, change: Change, user) -> None:
    """Make a newer revision of it with the change, to go live when it was to go live.

    Unchecked: a draft may be unfinished. `revision` was read before publishing, which forgets schedules.
    """
    page = revision.as_object()
    change(page)
    page.save_revision(user=user, approved_go_live_at=revision.approved_go_live_at, clean=False)


def apply_content(page: BondedPage, content: Mapping[str, str]) -> None:
    for name, value in content.items():
        setattr(page, name, value)
