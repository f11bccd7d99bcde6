"""The lives of mails, for the admin's templates."""

from django import template

from notifications.mail_life import Step, list_mails_about, list_steps
from notifications.models import OutgoingEmail
from notifications.services.dead_mails import RESENDABLE

register = template.Library()


@register.simple_tag
def mails_about(subject: str) -> list[tuple[OutgoingEmail, list[Step]]]:
    return list_mails_about(subject)


@register.filter
def steps(email: OutgoingEmail) -> list[Step]:
    return list_steps(email)


@register.filter
def can_be_sent_again(email: OutgoingEmail) -> bool:
    return email.status in RESENDABLE
