"""What visitors write in forms of pages: stored, and mailed to the shop."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.contrib.forms.models import FormSubmission

from database.transactions import entry_service
from notifications.services.outbox import queue_email
from pages.models import FormPage, ShopSettings


@entry_service
def keep_answers(*, page_id: int, answers: dict[str, Any]) -> FormSubmission:
    """Store the answers, by the clean names of their questions, and queue a mail about them.

    A shop without any address keeps them all the same. Raises `FormPage.DoesNotExist`.
    """
    page = FormPage.objects.get(pk=page_id)
    kept = FormSubmission.objects.create(page_id=page.pk, form_data=answers)
    to = page.to_address or ShopSettings.load().contact_email
    if to:
        queue_email(
            purpose=f"form:{kept.pk}",
            to=to,
            subject=_("“%(title)s” was filled in") % {"title": page.title},
            text=describe_answers(page, answers),
        )
    return kept


def describe_answers(page: FormPage, answers: dict[str, Any]) -> str:
    """Question and answer, in the order of the form."""
    return "\n\n".join(
        f"{field.label}\n{show_answer(answers.get(field.clean_name))}" for field in page.get_form_fields()
    )


def show_answer(answer: Any) -> str:
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(answer, list):
        return ", ".join(map(str, answer))
    return "–" if answer in (None, "") else str(answer)
