"""How long public answers are kept, and which release made them."""

import hashlib

from .environment import ROOT, read

__all__ = ["PUBLIC_CACHE_SECONDS", "PUBLIC_CDN_SECONDS", "RELEASE"]

# A write ends every entry at once; this is only how long one lives that nothing ends. 0 keeps none.
PUBLIC_CACHE_SECONDS = int(read("PUBLIC_CACHE_SECONDS", "300"))
PUBLIC_CDN_SECONDS = int(read("PUBLIC_CDN_SECONDS", "0"))


def find_release() -> str:
    """The newest file of the code: the release before it must not leave its bytes behind."""
    folders = (ROOT / name for name in ("site", "templates", "static"))
    newest = max(
        path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.is_file()
    )
    return hashlib.sha256(str(newest).encode()).hexdigest()[:12]


RELEASE = read("RELEASE") or find_release()
