from django.db import models


class DemoStep(models.Model):
    """A finished step of making the demo shop: what an editor deletes afterwards does not come back."""

    name = models.CharField(max_length=40, unique=True)
    done_at = models.DateTimeField(auto_now_add=True)
