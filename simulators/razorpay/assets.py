"""Files that browsers are given, and the policy they are given under."""

from pathlib import Path

from simulators.razorpay.errors import refuse_url
from simulators.razorpay.exchange import Answer

FOLDER = Path(__file__).with_name("static")
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src http: https: data:",
        "base-uri 'none'",
    )
)
PAGE_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
FILE_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    # A shop may load the script with crossorigin set.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def serve_file(name: str) -> Answer:
    """Raises ApiError for a name that is not one of the window's scripts and styles."""
    path = FOLDER / name
    if "/" in name or path.suffix not in (".css", ".js") or not path.is_file():
        raise refuse_url()
    return Answer(200, path.read_bytes(), CONTENT_TYPES[path.suffix], dict(FILE_HEADERS))


def serve_page(html: str, status: int = 200) -> Answer:
    return Answer(status, html.encode(), CONTENT_TYPES[".html"], dict(PAGE_HEADERS))


def read_page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
