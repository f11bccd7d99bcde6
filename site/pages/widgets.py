"""Inputs of the admin's forms."""

from django import forms
from django.forms.renderers import TemplatesSetting


class ColourInput(forms.TextInput):
    """A colour as text, with the browser's own picker beside it."""

    template_name = "pages/admin/colour_input.html"

    def __init__(self, attrs=None) -> None:
        super().__init__({"size": 8, "maxlength": 7, "spellcheck": "false", **(attrs or {})})

    def _render(self, template_name, context, renderer=None):
        # From the project's own templates, where Django's renderer of widgets does not look.
        return super()._render(template_name, context, TemplatesSetting())
