from django.db import models


class PublicVersion(models.Model):
    """One row: which version of what everybody reads is in force. A write replaces its token as it commits."""

    token = models.CharField(max_length=32)
    changed_at = models.DateTimeField()

    # Wagtail's index of references is for content: this row changes too often for it.
    wagtail_reference_index_ignore = True
