from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueView(models.Model):
    """A search, filters, an order and columns of the catalogue table, kept under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=60)
    # As in the address of the table, without its page.
    query = models.TextField(_("query"), blank=True, default="")
    columns = models.JSONField(_("columns"), default=list)
    is_shared = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        verbose_name = _("view of the catalogue")
        verbose_name_plural = _("views of the catalogue")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="catalogue_view_once_per_owner")
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueColumns(models.Model):
    """The columns that a person chose for the catalogue table."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(_("columns"), default=list)

    class Meta:
        verbose_name = _("columns of the catalogue")
        verbose_name_plural = _("columns of the catalogue")

    def __str__(self) -> str:
        return ", ".join(self.columns)
