from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages.enums import ImportState, RowOutcome


class CatalogueImport(models.Model):
    """A file of products that somebody brought: checked whole, looked at, then applied in the background."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    reason = models.CharField(_("why"), max_length=200)
    file_name = models.CharField(_("file"), max_length=255)
    # Names in the private storage of imports.
    stored_file = models.CharField(max_length=100)
    stored_pictures = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=8, choices=ImportState.choices, default=ImportState.CHECKING
    )
    problem = models.CharField(_("problem"), max_length=500, blank=True, default="")
    columns = models.JSONField(_("columns"), default=list)
    rows_total = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    rows_checked = models.PositiveIntegerField(_("checked"), default=0)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    # When a process last worked on it: while that is recent, no other begins.
    worked_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of products")
        verbose_name_plural = _("imports of products")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "id"], name="catalogue_import_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of the file, by the number that a spreadsheet shows beside it."""

    run = models.ForeignKey(CatalogueImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    sku = models.CharField(_("SKU"), max_length=255, blank=True)
    # Sizes and colours come after the products that they belong to.
    is_variant = models.BooleanField(default=False)
    cells = models.JSONField(default=dict)
    # Column, before, after; all as texts.
    changes = models.JSONField(default=list)
    outcome = models.CharField(_("outcome"), max_length=8, choices=RowOutcome.choices)
    problem = models.CharField(_("problem"), max_length=500, blank=True, default="")

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["run", "line"]
        indexes = [models.Index(fields=["run", "outcome", "is_variant", "line"], name="import_row_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="import_row_once_per_line"),
            models.CheckConstraint(
                condition=Q(outcome__in=RowOutcome.values), name="import_row_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.sku}"
