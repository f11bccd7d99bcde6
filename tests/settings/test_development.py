import stat

import pytest

from tests.settings.fresh import tell

TOOL_ROUTES = (
    "[str(p.pattern) for p in __import__('settings.urls').urls.urlpatterns "
    "if str(p.pattern) in ('silk/', '__debug__/')]"
)
TOOL_APPS = "[app for app in settings.INSTALLED_APPS if app in ('silk', 'debug_toolbar')]"


@pytest.fixture(autouse=True)
def _tools():
    pytest.importorskip("silk", reason="django-silk is part of requirements/dev.txt")
    pytest.importorskip("debug_toolbar", reason="django-debug-toolbar is part of requirements/dev.txt")


def test_development_has_its_tools(tmp_path):
    told = tell(f"{TOOL_APPS}, {TOOL_ROUTES}", settings="development", folder=tmp_path, setup=True)
    assert told == "['silk', 'debug_toolbar'] ['silk/', '__debug__/']"


def test_development_without_debug_has_none(tmp_path):
    told = tell(
        f"{TOOL_APPS}, {TOOL_ROUTES}", settings="development", folder=tmp_path, setup=True, DEBUG="off"
    )
    assert told == "[] []"


def test_development_without_the_packages_has_none(tmp_path):
    expression = (
        "(lambda tools: (setattr(tools, 'find_spec', lambda name: None), tools.find_apps(), tools.find_middleware()))"
        "(__import__('settings.tools').tools)[1:]"
    )
    assert tell(expression, settings="development", folder=tmp_path) == "([], [])"


@pytest.mark.parametrize(("value", "watched"), [("", "False"), ("1", "True"), ("off", "False")])
def test_development_watches_requests_where_asked(tmp_path, value, watched):
    told = tell(
        "settings.SILKY_INTERCEPT_FUNC(None)", settings="development", folder=tmp_path, WATCH_REQUESTS=value
    )
    assert told == watched


def test_development_needs_nothing(tmp_path):
    expression = (
        "settings.DEBUG, settings.ALLOWED_HOSTS, settings.RAZORPAY_IS_SIMULATED, settings.RAZORPAY_API_URL, "
        "settings.MAIL_TRANSPORT, settings.CELERY_BROKER_URL, settings.BASE_URL, "
        "settings.REST_FRAMEWORK['DEFAULT_THROTTLE_CLASSES'], len(settings.SECRET_KEY) >= 50"
    )
    assert tell(expression, settings="development", folder=tmp_path) == (
        "True ['localhost', '127.0.0.1', '[::1]'] True http://127.0.0.1:8001 "
        "notifications.backends.MailboxBackend filesystem://localhost http://127.0.0.1:8000 [] True"
    )


def test_development_secret_key_is_made_once(tmp_path):
    first = tell("settings.SECRET_KEY", settings="development", folder=tmp_path)
    assert tell("settings.SECRET_KEY", settings="development", folder=tmp_path) == first
    path = tmp_path / "secrets" / "secret-key"
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (first, 0o600)
    assert [entry.name for entry in path.parent.iterdir()] == ["secret-key"]


def test_development_port_moves_the_simulator(tmp_path):
    expression = "settings.BASE_URL, settings.RAZORPAY_CHECKOUT_SCRIPT"
    told = tell(expression, settings="development", folder=tmp_path, PORT="9000")
    assert told == "http://127.0.0.1:9000 http://127.0.0.1:9001/v1/checkout.js"


def test_demo_is_production_with_the_simulator(tmp_path):
    expression = (
        "settings.DEBUG, settings.RAZORPAY_IS_SIMULATED, settings.DEMO_DATA_ALLOWED, settings.SERVE_MEDIA, "
        "settings.STORAGES['staticfiles']['BACKEND'], len(settings.REST_FRAMEWORK['DEFAULT_THROTTLE_CLASSES']), "
        f"{TOOL_APPS}, {TOOL_ROUTES}"
    )
    told = tell(expression, settings="demo", folder=tmp_path, setup=True, DEBUG="on")
    assert told == "False True True True whitenoise.storage.CompressedManifestStaticFilesStorage 2 [] []"
