import pytest

from tests.settings.fresh import PRODUCTION, run, tell

SIMULATED = (
    "django.core.exceptions.ImproperlyConfigured: Production takes real money: set RAZORPAY_KEY_ID, "
    "RAZORPAY_KEY_SECRET and RAZORPAY_WEBHOOK_SECRET, and leave RAZORPAY_API_URL unset. "
    "The simulator runs in development and demo settings only."
)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("SECRET_KEY", "SECRET_KEY is not set. Production needs a secret key of its own."),
        ("ALLOWED_HOSTS", "ALLOWED_HOSTS is not set. Name the hosts the shop answers to, comma-separated."),
        ("RAZORPAY_KEY_SECRET", "RAZORPAY_KEY_ID is set, RAZORPAY_KEY_SECRET is not."),
        ("RAZORPAY_KEY_ID", SIMULATED),
        ("RAZORPAY_WEBHOOK_SECRET", SIMULATED),
    ],
)
def test_production_refuses_to_start_without(tmp_path, missing, sentence):
    told = tell("settings.DEBUG", settings="production", folder=tmp_path, **{**PRODUCTION, missing: ""})
    assert told.endswith(sentence)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8001", "https://razorpay.com.example", "http://simulator:8001"]
)
def test_production_refuses_another_gateway(tmp_path, url):
    told = tell("settings.DEBUG", settings="production", folder=tmp_path, **PRODUCTION, RAZORPAY_API_URL=url)
    assert told == SIMULATED


def test_production_check_deploy_is_silent(tmp_path):
    done = run(
        "manage.py", "check", "--deploy", "--settings", "settings.production", folder=tmp_path, **PRODUCTION
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (1 silenced).\n"


def test_production_loads_no_tool_and_no_simulator(tmp_path):
    expression = (
        "settings.DEBUG, settings.RAZORPAY_IS_SIMULATED, settings.SERVE_MEDIA, settings.DEMO_DATA_ALLOWED, "
        "[name for name in [*settings.INSTALLED_APPS, *settings.MIDDLEWARE] if 'silk' in name or 'debug' in name], "
        "[name for name in __import__('sys').modules if name.split('.')[0] in ('simulators', 'silk', 'debug_toolbar')],"
        "[str(p.pattern) for p in __import__('settings.urls').urls.urlpatterns "
        "if str(p.pattern) in ('silk/', '__debug__/', 'mailbox/', '^media/(?P<path>.*)$')]"
    )
    variables = {**PRODUCTION, "DEBUG": "on", "WATCH_REQUESTS": "1"}
    told = tell(expression, settings="production", folder=tmp_path, setup=True, **variables)
    assert told == "False False False False [] [] []"


def test_production_is_the_default_of_the_servers(tmp_path):
    code = "import settings.wsgi, os; print(os.environ['DJANGO_SETTINGS_MODULE'])"
    done = run("-c", code, folder=tmp_path, **PRODUCTION)
    assert done.stdout == "settings.production\n"


def test_production_speaks_https_only(tmp_path):
    expression = (
        "settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_SECURE, "
        "settings.CSRF_COOKIE_SECURE, settings.BASE_URL, settings.REST_FRAMEWORK['NUM_PROXIES']"
    )
    told = tell(expression, settings="production", folder=tmp_path, **PRODUCTION)
    assert told == "True 31536000 True True https://shop.example.com 0"


def test_production_wants_a_second_factor_of_staff(tmp_path):
    told = tell("settings.STAFF_SECOND_FACTOR", settings="production", folder=tmp_path, **PRODUCTION)
    assert told == "True"
    variables = {**PRODUCTION, "STAFF_SECOND_FACTOR": "off"}
    told = tell("settings.STAFF_SECOND_FACTOR", settings="production", folder=tmp_path, **variables)
    assert told == "False"


def test_production_throttles(tmp_path):
    expression = "[settings.REST_FRAMEWORK[f'DEFAULT_THROTTLE_{name}'] for name in ('CLASSES', 'RATES')]"
    told = tell(expression, settings="production", folder=tmp_path, **PRODUCTION, THROTTLE_LOGIN="7/min")
    assert told == (
        "[['api.throttling.AnonymousThrottle', 'api.throttling.CustomerThrottle'], "
        "{'anonymous': '600/min', 'customer': '1200/min', 'login': '7/min', 'login_account': '5/min', "
        "'review': '20/min'}]"
    )


def test_production_behind_a_proxy_that_ends_tls(tmp_path):
    told = tell(
        "settings.SECURE_SSL_REDIRECT",
        settings="production",
        folder=tmp_path,
        **PRODUCTION,
        SECURE_SSL_REDIRECT="off",
    )
    assert told == "False"
