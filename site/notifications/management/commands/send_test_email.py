from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from notifications.services.trial import TrialFailed, send_trial_email


class Command(BaseCommand):
    help = "Send a mail through outbox, broker, worker and mail service, and wait until it has left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", help="The address to send it to.")
        parser.add_argument("--wait", type=float, default=60.0, help="Seconds to wait (60).")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["to"])
            seconds = send_trial_email(to=options["to"], wait_seconds=options["wait"])
        except ValidationError as error:
            raise CommandError(f"“{options['to']}” is not an email address.") from error
        except TrialFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Sent to {options['to']} in {seconds:.1f} s")
