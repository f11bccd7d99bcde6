"""A file of products that somebody brings."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.desk.cell_forms import WHY
from pages.sheets.archives import LARGEST_ZIP
from pages.sheets.reading import LARGEST_FILE


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV (UTF-8) or XLSX, 20 MB at most; the first row names the columns."),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    pictures = forms.FileField(
        label=gettext_lazy("Pictures"),
        required=False,
        help_text=gettext_lazy(
            "A ZIP, where the file names pictures: JPEG, PNG or WebP, 500 KB each at most. "
            "Folders inside do not matter."
        ),
        widget=forms.ClearableFileInput({"accept": ".zip"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("Stands in the history of each product."),
        error_messages={"required": WHY},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_file(self):
        return check_upload(self.cleaned_data["file"], suffixes=(".csv", ".xlsx"), largest=LARGEST_FILE)

    def clean_pictures(self):
        upload = self.cleaned_data["pictures"]
        return check_upload(upload, suffixes=(".zip",), largest=LARGEST_ZIP) if upload else None


def check_upload(upload, *, suffixes: tuple[str, ...], largest: int):
    if not upload.name.lower().endswith(suffixes):
        known = _(" or ").join(suffixes)
        raise forms.ValidationError(_("Bring a file whose name ends in %(known)s.") % {"known": known})
    if upload.size > largest:
        most = filesizeformat(largest)
        raise forms.ValidationError(_("The file is larger than %(most)s: split it.") % {"most": most})
    return upload
