"""The menu of mails: what was sent and what became of it, their words, who agreed to marketing, who gets nothing."""

from django.contrib.admin.filters import EmptyFieldListFilter
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from checkout.records import ReadOnlyPermissions, RecordAdmin
from notifications.models import Consent, OutgoingEmail, Suppression
from notifications.services.outbox import is_about_account


class MailPermissions(ReadOnlyPermissions):
    """What accounts are mailed opens those accounts, by a link to confirm or to reset: few may read it."""

    def user_can_inspect_obj(self, user, obj) -> bool:
        return super().user_can_inspect_obj(user, obj) and (user.is_superuser or not is_about_account(obj))


class OutgoingEmailAdmin(RecordAdmin):
    model = OutgoingEmail
    permission_helper_class = MailPermissions
    menu_label = _("Sent mails")
    menu_icon = "mail"
    list_display = ("subject", "to", "kind", "status", "attempts", "created_at", "sent_at")
    list_filter = ("status", "kind", ("consent", EmptyFieldListFilter))
    search_fields = ("purpose", "to", "subject")
    inspect_template_name = "checkout/admin/inspect_mail.html"
    inspect_view_fields = (
        "subject",
        "to",
        "status",
        "kind",
        "purpose",
        "attempts",
        "last_error",
        "send_after",
    )


class SuppressionAdmin(RecordAdmin):
    model = Suppression
    menu_icon = "cross"
    list_display = ("address", "reason", "detail", "since", "lifted_at", "lifted_by")
    list_filter = ("reason", ("lifted_at", EmptyFieldListFilter))
    list_select_related = ("lifted_by",)
    search_fields = ("address",)
    inspect_template_name = "checkout/admin/inspect_suppression.html"


class ConsentAdmin(RecordAdmin):
    model = Consent
    menu_icon = "check"
    list_display = ("address", "topic", "source", "asked_at", "confirmed_at", "withdrawn_at", "withdrawn_how")
    list_filter = ("topic", ("confirmed_at", EmptyFieldListFilter), ("withdrawn_at", EmptyFieldListFilter))
    search_fields = ("address",)
    list_export = ("address", "topic", "source", "wording", "asked_at", "confirmed_at", "withdrawn_at")
    inspect_view_fields = (
        "address",
        "topic",
        "source",
        "wording",
        "wording_version",
        "asked_at",
        "confirmed_at",
        "withdrawn_at",
        "withdrawn_how",
    )


class PermittedItem(MenuItem):
    """Shown to whoever has the right."""

    def __init__(self, *args, permission: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request) -> bool:
        return request.user.has_perm(self.permission)


class MailsGroup(ModelAdminGroup):
    menu_label = _("Mails")
    menu_icon = "mail"
    menu_order = 155
    items = (OutgoingEmailAdmin, ConsentAdmin, SuppressionAdmin)

    def get_submenu_items(self):
        texts = PermittedItem(
            _("Texts"),
            reverse_lazy("mail_texts"),
            name="mail-texts",
            icon_name="edit",
            order=50,
            permission="notifications.change_mailtext",
        )
        marketing = PermittedItem(
            _("Marketing"),
            reverse_lazy("mail_marketing"),
            name="mail-marketing",
            icon_name="view",
            order=60,
            permission="notifications.view_consent",
        )
        return [*super().get_submenu_items(), texts, marketing]
