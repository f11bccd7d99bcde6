"""What the storefront's pages make a phone load, compressed as they are sent."""

import gzip

from tests.settings.fresh import ROOT

STATIC = ROOT / "static"
SCRIPTS_LIMIT, STYLES_LIMIT = 40_000, 25_000
# Pages of staff, and those that show how to pay through the API.
NOT_THE_SHOP = {"reports.css", "admin.css", "catalogue.css"}


def weigh(paths) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_all_scripts_are_light():
    assert weigh((STATIC / "js").glob("*.js")) < SCRIPTS_LIMIT


def test_all_styles_are_light():
    assert (
        weigh(path for path in (STATIC / "css").glob("*.css") if path.name not in NOT_THE_SHOP) < STYLES_LIMIT
    )


def test_no_script_holds_a_page_up():
    """Modules wait for the page by themselves."""
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        for line in path.read_text().splitlines()
        if "<script" in line and not any(word in line for word in ("module", "ld+json", "defer", "async"))
    }
    assert found <= {"templates/api/payment_test.html"}
