from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.kinds import MailKind
from notifications.words import Words, find_unknown

PARAGRAPHS = _("A blank line begins a new paragraph.")


class TextForm(forms.Form):
    """The words of one kind of mail; names in braces must be ones that it can fill."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    heading = forms.CharField(label=_("Heading"), max_length=200)
    opening = forms.CharField(
        label=_("Opening"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000, help_text=PARAGRAPHS
    )
    closing = forms.CharField(
        label=_("Closing"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
        help_text=_("After what the shop fills in. A blank line begins a new paragraph."),
    )

    def __init__(self, *args, kind: MailKind, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self):
        cleaned = super().clean()
        for name, text in list(cleaned.items()):
            unknown = find_unknown(text, self.kind)
            if unknown:
                self.add_error(name, explain_unknown(unknown, self.kind))
        return cleaned

    @property
    def words(self) -> Words:
        """What was typed, once it is valid; browsers end lines in two characters."""
        data = {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}
        return Words(**data)


def explain_unknown(unknown: list[str], kind: MailKind) -> str:
    sentence = _("This mail cannot fill in %(unknown)s. It knows %(known)s.")
    return sentence % {"unknown": list_names(unknown), "known": list_names(kind.names)}


def list_names(names) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
