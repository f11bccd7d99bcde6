"""What Mailgun reports of our mails: checked by Anymail (basic auth, signature), written down by the service."""

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from database.transactions import Busy
from notifications.enums import EmailStep
from notifications.services.tracking import Report, record_report

STEPS = {
    EventType.DELIVERED: EmailStep.DELIVERED,
    EventType.OPENED: EmailStep.OPENED,
    EventType.CLICKED: EmailStep.CLICKED,
    EventType.BOUNCED: EmailStep.BOUNCED,
    EventType.COMPLAINED: EmailStep.COMPLAINED,
    EventType.UNSUBSCRIBED: EmailStep.UNSUBSCRIBED,
    EventType.DEFERRED: EmailStep.DEFERRED,
    EventType.REJECTED: EmailStep.REJECTED,
}


class MailgunReports(MailgunTrackingWebhookView):
    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            self.run_validators(request)
            events = self.parse_events(request)
        except (TypeError, KeyError, AttributeError, ValueError, OverflowError) as error:
            # JSON of another shape, or letters that no signature has: Anymail would fail, and be asked again.
            raise SuspiciousOperation("This is no report of Mailgun.") from error
        try:
            for event in events:
                if event.event_type in STEPS:
                    record_report(report=read_report(event))
        except Busy as error:
            return HttpResponse(str(error), status=503)  # Mailgun comes again
        return HttpResponse()


def read_report(event: AnymailTrackingEvent) -> Report:
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    return Report(
        event_id=str(event.event_id)[:100],
        step=STEPS[event.event_type],
        at=event.timestamp or timezone.now(),
        recipient=str(event.recipient or ""),
        mail_id=str(metadata.get("mail", "")),
        message_id=str(event.message_id or ""),
        detail=str(event.click_url or event.mta_response or event.description or "")[:1000],
        is_bad_address=event.reject_reason == RejectReason.BOUNCED,
    )


@csrf_exempt
def receive_mailgun(request: HttpRequest) -> HttpResponse:
    """Without a signing key there is no such address: anybody can sign with an empty one."""
    if not settings.ANYMAIL.get("MAILGUN_WEBHOOK_SIGNING_KEY"):
        raise Http404
    return MailgunReports.as_view()(request)
