"""The life of a mail, as staff read it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from notifications.models import OutgoingEmail


@dataclass(frozen=True)
class Step:
    at: datetime
    label: str
    detail: str = ""


def list_steps(email: OutgoingEmail) -> list[Step]:
    """Everything that happened to it, in its order; wants its events loaded."""
    steps = [Step(email.created_at, _("Queued"))]
    if email.sent_at:
        steps.append(Step(email.sent_at, _("Handed to the mail service")))
    steps += [Step(event.at, event.get_step_display(), event.detail) for event in email.events.all()]
    return sorted(steps, key=lambda step: step.at)


def list_mails_about(subject: str) -> list[tuple[OutgoingEmail, list[Step]]]:
    """The mails about an order or another thing with their lives, by two queries."""
    mails = OutgoingEmail.objects.about(subject).prefetch_related("events")
    return [(email, list_steps(email)) for email in mails]
