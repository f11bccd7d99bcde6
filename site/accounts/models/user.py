from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who signs in: a shopper, or staff. The profile of a shopper is their `Customer`."""

    email = models.EmailField(_("email address"))
    # The database keeps it, so no writer can forget it: emails differ by more than their case, or not at all.
    email_key = models.GeneratedField(
        expression=Lower("email"),
        output_field=models.CharField(max_length=254),
        db_persist=True,
        unique=True,
        error_messages={"unique": _("user with this email already exists.")},
    )
    token_epoch = models.PositiveIntegerField(
        default=0, help_text=_("Raised to end every API token given out so far.")
    )

    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    REQUIRED_FIELDS = ["email"]

    # Whether the next save ends the tokens given out so far. Django's `_password` says so for a new password
    # (and not for the mere upgrade of a hash), but nothing says so for one taken away.
    loses_password = False

    # Who gains or loses one of these signs in anew: a token made by password alone must not become staff's.
    RIGHTS = ("is_active", "is_staff", "is_superuser")

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def set_unusable_password(self) -> None:
        super().set_unusable_password()
        self.loses_password = True

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Raise the epoch with a changed password or right, whoever changed it: pages, admin, API or a command.

        The epoch counts up from what the database holds, so that a copy of the row that was read before a
        logout cannot bring the ended tokens back. Emails are kept in lower case, which is how allauth looks for them.
        """
        self.email = self.email.lower()
        ends_tokens = self._password is not None or self.loses_password or self.changes_rights(update_fields)
        writes_epoch = not self._state.adding and (update_fields is None or ends_tokens)
        if writes_epoch:
            self.token_epoch = F("token_epoch") + int(ends_tokens)
            update_fields = update_fields and {*update_fields, "token_epoch"}
        super().save(*args, update_fields=update_fields, **kwargs)
        self.loses_password = False
        if writes_epoch:
            self.refresh_from_db(fields=["token_epoch"])

    def changes_rights(self, update_fields) -> bool:
        written = [name for name in self.RIGHTS if update_fields is None or name in update_fields]
        if self._state.adding or not written:
            return False
        kept = type(self).objects.filter(pk=self.pk).values(*written).first()
        return kept is not None and any(kept[name] != getattr(self, name) for name in written)

    @property
    def display_name(self) -> str:
        return self.first_name or self.username
