from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not applied")
    APPLYING = "applying", _("Being applied")
    DONE = "done", _("Applied")
    REFUSED = "refused", _("Refused")


class RowOutcome(models.TextChoices):
    """What a row of a file would do, then what became of it."""

    NEW = "new", _("New products")
    CHANGE = "change", _("Changes")
    SAME = "same", _("Already so")
    BAD = "bad", _("Bad rows")
    APPLIED = "applied", _("Applied")
    CONFLICT = "conflict", _("Changed by somebody else meanwhile")
    FAILED = "failed", _("Failed")
