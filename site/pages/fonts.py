"""Families of letters that devices have already: no font is downloaded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FontStack(models.TextChoices):
    SANS = "sans", _("Sans serif, humanist")
    GROTESQUE = "grotesque", _("Sans serif, plain")
    GEOMETRIC = "geometric", _("Sans serif, geometric")
    ROUNDED = "rounded", _("Sans serif, rounded")
    SERIF = "serif", _("Serif, old style")
    TRANSITIONAL = "transitional", _("Serif, modern")
    SLAB = "slab", _("Slab serif")


FAMILIES = {
    FontStack.SANS: 'Seravek, "Gill Sans Nova", "Segoe UI", Ubuntu, Roboto, "Noto Sans", system-ui, sans-serif',
    FontStack.GROTESQUE: 'Inter, Roboto, "Helvetica Neue", "Arial Nova", "Nimbus Sans", Arial, sans-serif',
    FontStack.GEOMETRIC: 'Avenir, Montserrat, Corbel, "URW Gothic", source-sans-pro, sans-serif',
    FontStack.ROUNDED: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, Calibri, sans-serif',
    FontStack.SERIF: '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "Noto Serif", Georgia, serif',
    FontStack.TRANSITIONAL: 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", serif',
    FontStack.SLAB: 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif',
}


class TypeScale(models.TextChoices):
    COMPACT = "compact", _("Quiet: headings little larger than text")
    REGULAR = "regular", _("Regular")
    GENEROUS = "generous", _("Loud: large headings")


# How much larger each size is than the one before, on phones and above.
SCALES = {
    TypeScale.COMPACT: ("1.125", "1.17"),
    TypeScale.REGULAR: ("1.2", "1.25"),
    TypeScale.GENEROUS: ("1.25", "1.34"),
}
