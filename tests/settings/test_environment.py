"""The table of the design: which variable chooses which server."""

import os
import re
import runpy
from pathlib import Path

import pytest
from django.conf import settings as configured

from settings import environment
from tests.settings.fresh import ROOT, list_variables, tell

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
}
MYSQL_OPTIONS = {
    "charset": "utf8mb4",
    "isolation_level": "read committed",
    "init_command": "SET SESSION innodb_lock_wait_timeout = 5",
    "collation": "utf8mb4_unicode_ci",
}


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    for name in list_variables():
        monkeypatch.delenv(name, raising=False)


def server(config: dict) -> tuple:
    return tuple(config[name] for name in ("ENGINE", "HOST", "PORT", "NAME", "USER", "PASSWORD"))


def test_database_unset_is_sqlite():
    assert environment.database() == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environment.DATA_DIR / "haat.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": 60,
    }


def test_database_url_of_sqlite_keeps_the_options(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/other.sqlite3")
    config = environment.database()
    assert (config["NAME"], config["OPTIONS"]) == ("/tmp/other.sqlite3", SQLITE_OPTIONS)


@pytest.mark.parametrize("name", ["DATABASE_URL", "JAWSDB_URL"])
def test_database_url_of_mysql(monkeypatch, name):
    monkeypatch.setenv(name, "mysql://asha:p%40ss@db.example:3307/bazaar")
    config = environment.database()
    assert server(config) == ("django.db.backends.mysql", "db.example", 3307, "bazaar", "asha", "p@ss")
    assert config["OPTIONS"] == MYSQL_OPTIONS
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (60, True)


def test_database_url_comes_first(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:p@first/a")
    monkeypatch.setenv("JAWSDB_URL", "mysql://u:p@second/b")
    monkeypatch.setenv("MYSQL_HOST", "third")
    assert environment.database()["HOST"] == "first"
    monkeypatch.setenv("DATABASE_URL", "")
    assert environment.database()["HOST"] == "second"
    monkeypatch.delenv("JAWSDB_URL")
    assert environment.database()["HOST"] == "third"


def test_database_by_parts(monkeypatch):
    for name, value in {
        "MYSQL_HOST": "db.example",
        "MYSQL_PORT": "3307",
        "MYSQL_DATABASE": "bazaar",
        "MYSQL_USER": "asha",
        "MYSQL_PASSWORD": "p@ss/w#rd:%?+ &",
        "MYSQL_COLLATION": "utf8mb4_bin",
    }.items():
        monkeypatch.setenv(name, value)
    config = environment.database()
    expected = ("django.db.backends.mysql", "db.example", 3307, "bazaar", "asha", "p@ss/w#rd:%?+ &")
    assert server(config) == expected
    assert config["OPTIONS"]["collation"] == "utf8mb4_bin"


def test_database_by_parts_defaults(monkeypatch):
    monkeypatch.setenv("MYSQL_HOST", "db.example")
    expected = ("django.db.backends.mysql", "db.example", 3306, "haat", "root", "")
    assert server(environment.database()) == expected


def test_database_url_options_win(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:p@host/db?charset=utf8")
    assert environment.database()["OPTIONS"]["charset"] == "utf8"


def test_database_of_another_engine_gets_no_options(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@host/db")
    config = environment.database()
    assert (config["ENGINE"], "OPTIONS" in config) == ("django.db.backends.postgresql", False)


def test_cache_unset_is_files():
    cache = environment.cache()
    assert cache["BACKEND"] == "django.core.cache.backends.filebased.FileBasedCache"
    assert cache["LOCATION"] == environment.DATA_DIR / "cache"


@pytest.mark.parametrize("name", ["REDIS_URL", "REDISCLOUD_URL"])
def test_cache_of_redis(monkeypatch, name):
    monkeypatch.setenv(name, "redis://cache.example:6379/3")
    assert environment.cache() == {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "redis://cache.example:6379/3",
        "KEY_PREFIX": "haat",
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }


def test_redis_url_comes_first(monkeypatch):
    monkeypatch.setenv("REDISCLOUD_URL", "redis://second")
    monkeypatch.setenv("REDIS_URL", "redis://first")
    assert environment.redis_url() == "redis://first"


def read_room(name: str) -> dict:
    """A settings file, read once more with today's environment."""
    path = ROOT / "site" / "settings" / f"{name}.py"
    return runpy.run_path(str(path), run_name=f"settings.{name}")


def read_background() -> dict:
    return read_room("background")


def test_broker_unset_is_files():
    background = read_background()
    options = background["CELERY_BROKER_TRANSPORT_OPTIONS"]
    folder = environment.DATA_DIR / "broker"
    assert background["CELERY_BROKER_URL"] == "filesystem://localhost"
    assert options == {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.25,
    }
    assert all((folder / name).is_dir() for name in ("messages", "control"))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"REDIS_URL": "redis://one"}, "redis://one"),
        ({"REDISCLOUD_URL": "redis://two"}, "redis://two"),
        ({"REDIS_URL": "redis://one", "CELERY_BROKER_URL": "redis://three"}, "redis://three"),
    ],
)
def test_broker_of_redis(monkeypatch, variables, expected):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    background = read_background()
    assert background["CELERY_BROKER_URL"] == expected
    assert background["CELERY_BROKER_TRANSPORT_OPTIONS"]["socket_timeout"] == 2


@pytest.mark.parametrize(
    ("variables", "transport"),
    [
        ({}, "notifications.backends.MailboxBackend"),
        ({"EMAIL_HOST": "mail.example"}, "django.core.mail.backends.smtp.EmailBackend"),
        ({"EMAIL_HOST": "mail.example", "MAILGUN_API_KEY": "k"}, "anymail.backends.mailgun.EmailBackend"),
    ],
)
def test_mail_transport(monkeypatch, variables, transport):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    selling = read_room("selling")
    assert (selling["MAIL_TRANSPORT"], selling["EMAIL_BACKEND"]) == (
        transport,
        "notifications.backends.OutboxBackend",
    )


def test_razorpay_unset_is_the_simulator():
    selling = read_room("selling")
    assert (selling["RAZORPAY_IS_SIMULATED"], selling["RAZORPAY_KEY_ID"]) == (True, "rzp_test_haatsimulator")
    sources = selling["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["script-src"]
    assert sources == ["'self'", f"http://127.0.0.1:{environment.SIMULATOR_PORT}"]


def test_razorpay_for_real(monkeypatch):
    monkeypatch.setenv("RAZORPAY_KEY_ID", "rzp_live_x")
    monkeypatch.setenv("RAZORPAY_KEY_SECRET", "s")
    monkeypatch.setenv("RAZORPAY_WEBHOOK_SECRET", "new, old,")
    selling = read_room("selling")
    assert (selling["RAZORPAY_IS_SIMULATED"], selling["RAZORPAY_API_URL"]) == (
        False,
        "https://api.razorpay.com",
    )
    assert selling["RAZORPAY_WEBHOOK_SECRETS"] == ["new", "old"]
    assert selling["RAZORPAY_CHECKOUT_SCRIPT"] == "https://checkout.razorpay.com/v1/checkout.js"
    sources = selling["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["frame-src"]
    assert sources[-2:] == ["https://checkout.razorpay.com", "https://api.razorpay.com"]


def test_origins_come_from_the_environment(tmp_path):
    told = tell(
        "settings.CORS_ALLOWED_ORIGINS, settings.CSRF_TRUSTED_ORIGINS",
        settings="development",
        folder=tmp_path,
        CORS_ALLOWED_ORIGINS="https://a.example, https://b.example",
        CSRF_TRUSTED_ORIGINS="https://c.example",
    )
    assert told == "['https://a.example', 'https://b.example'] ['https://c.example']"


@pytest.mark.parametrize(("value", "expected"), [("", True), ("1", True), ("off", False), ("False", False)])
def test_read_bool(monkeypatch, value, expected):
    monkeypatch.setenv("DEBUG", value)
    assert environment.read_bool("DEBUG", default=True) is expected


def test_generated_secret_when_another_process_was_faster(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "DATA_DIR", tmp_path)
    link = Path.hardlink_to

    def lose(path, target):
        path.write_text("theirs")
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", lose)
    assert environment.generated_secret("key") == "theirs"
    assert os.listdir(tmp_path / "secrets") == ["key"]


def test_env_example_names_every_variable():
    sources = "".join(path.read_text() for path in (ROOT / "site" / "settings").glob("*.py"))
    calls = re.findall(r"read(?:_list|_bool|_first)?\(([^)]*)", sources)
    read = {name for call in calls for name in re.findall(r"""["']([A-Z][A-Z0-9_]{2,})["']""", call)}
    assert read - {"INFO"} == set(list_variables())


def test_env_example_says_what_each_variable_is():
    lines = (ROOT / ".env.example").read_text().splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[A-Z0-9_]+=", line), line
            assert lines[number - 1].startswith("# "), line


def test_tests_use_what_the_environment_names():
    assert configured.RAZORPAY_IS_SIMULATED is True
    assert configured.DEBUG is False


def test_token_key_is_none_of_the_others(tmp_path):
    key = "settings.SIMPLE_JWT['SIGNING_KEY']"
    derived = tell(key, settings="demo", folder=tmp_path, SECRET_KEY="one")
    assert (len(derived), derived == "one") == (64, False)
    assert tell(key, settings="demo", folder=tmp_path, SECRET_KEY="two") != derived
    own = "a-signing-key-of-exactly-32-byte"
    assert tell(key, settings="demo", folder=tmp_path, JWT_SIGNING_KEY=own) == own


def test_token_key_that_is_too_short(tmp_path):
    told = tell("settings.DEBUG", settings="demo", folder=tmp_path, JWT_SIGNING_KEY="x" * 31)
    assert told.endswith("JWT_SIGNING_KEY needs at least 32 bytes.")
