from django.core.cache import cache
from django.db import transaction
from wagtail.contrib.settings.models import BaseGenericSetting

# A setting that is saved is forgotten at once. Where that word is lost, or met by a reader who puts back what was
# read before, orders are priced by the old one so long and no longer.
CACHE_SECONDS = 5


class CachedSetting(BaseGenericSetting):
    """A setting that every page, price or mail reads: one row, kept in the cache until it is saved."""

    class Meta:
        abstract = True

    @classmethod
    def cache_key(cls) -> str:
        return f"setting:{cls._meta.label_lower}"

    @classmethod
    def load(cls, request_or_site=None):
        """The setting in force; in a preview, the one that is being edited, which Wagtail lays on the request."""
        edited = getattr(request_or_site, cls.get_cache_attr_name(), None)
        if edited is not None:
            return edited
        saved = cache.get(cls.cache_key())
        if saved is None:
            # Without the request: Wagtail would lay it there, and it would look like an edited one.
            saved = super().load()
            cache.set(cls.cache_key(), saved, CACHE_SECONDS)
        return saved

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        transaction.on_commit(self.forget, robust=True)

    @classmethod
    def forget(cls) -> None:
        cache.delete(cls.cache_key())
