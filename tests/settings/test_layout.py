from tests.settings.fresh import ROOT


def test_site_is_no_package():
    """The standard library owns the name `site`: an __init__.py here would hide it, and every app with it."""
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_test_folder_is_a_package():
    """Otherwise tests/shop would hide the app shop."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
