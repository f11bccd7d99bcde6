"""Everything that Haat reads from its environment, read once: see `.env.example` for each variable."""

import hmac
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

SHORTEST_TOKEN_KEY = 32
ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(ROOT / ".env")

# An empty variable counts as unset, so that a copied .env.example changes nothing.


def read(name: str, default: str = "") -> str:
    return env.str(name, default) or default


def read_bool(name: str, *, default: bool) -> bool:
    return env.bool(name) if read(name) else default


def read_first(*names: str) -> str:
    """The first of the variables that is set, else an empty string."""
    return next((value for value in (read(name) for name in names) if value), "")


def read_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in read(name, default).split(",") if part.strip()]


PORT = int(read("PORT", "8000"))
SIMULATOR_PORT = int(read("SIMULATOR_PORT", str(PORT + 1)))
DATA_DIR = Path(read("DATA_DIR", "var")).expanduser()
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else ROOT / DATA_DIR

SQLITE_OPTIONS = {
    # DEFERRED transactions fail with "database is locked" whatever the timeout; IMMEDIATE ones queue.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
}
MYSQL_OPTIONS = {
    "charset": "utf8mb4",
    "isolation_level": "read committed",
    # InnoDB waits 50 s for a lock by default, longer than a web worker lives.
    "init_command": "SET SESSION innodb_lock_wait_timeout = 5",
}


def database_url() -> str:
    """DATABASE_URL, else JAWSDB_URL, else one made of MYSQL_HOST and its neighbours, else empty."""
    url = read_first("DATABASE_URL", "JAWSDB_URL")
    if url or not read("MYSQL_HOST"):
        return url
    # Quoted: a password may hold what means something in a URL.
    user, password = quote(read("MYSQL_USER", "root"), safe=""), quote(read("MYSQL_PASSWORD"), safe="")
    port = read("MYSQL_PORT", "3306")
    return f"mysql://{user}:{password}@{read('MYSQL_HOST')}:{port}/{read('MYSQL_DATABASE', 'haat')}"


def database() -> dict[str, Any]:
    """Django's DATABASES["default"]: SQLite in DATA_DIR unless the environment names a server."""
    url = database_url()
    embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "haat.sqlite3"}
    config = env.db_url_config(url) if url else embedded
    options = config.get("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        return {**config, "OPTIONS": {**SQLITE_OPTIONS, **options}, "CONN_MAX_AGE": 60}
    if config["ENGINE"] == "django.db.backends.mysql":
        # Migrations fail (1267) where this is not the collation of the database itself.
        collation = {"collation": read("MYSQL_COLLATION", "utf8mb4_unicode_ci")}
        config["OPTIONS"] = {**MYSQL_OPTIONS, **collation, **options}
    return {**config, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def redis_url() -> str:
    return read_first("REDIS_URL", "REDISCLOUD_URL")


def cache() -> dict[str, Any]:
    """Django's CACHES["default"]: Redis where named, else files that all processes share."""
    if not redis_url():
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": redis_url(),
        "KEY_PREFIX": read("REDIS_KEY_PREFIX", "haat"),
        "OPTIONS": {
            # Pages and API stay up while Redis is down or hangs.
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
        },
    }


def token_key(secret_key: str) -> str:
    """What signs API tokens: a key of its own, else one derived from the secret key.

    RFC 7518 asks for at least as many bytes as the hash of HS256 has.
    """
    key = read("JWT_SIGNING_KEY") or hmac.new(secret_key.encode(), b"haat.api.tokens", "sha256").hexdigest()
    if len(key.encode()) < SHORTEST_TOKEN_KEY:
        raise ImproperlyConfigured(f"JWT_SIGNING_KEY needs at least {SHORTEST_TOKEN_KEY} bytes.")
    return key


def generated_secret(name: str) -> str:
    """A random secret made once and kept in DATA_DIR, readable by its owner only."""
    path = DATA_DIR / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            # Several processes may start at once: the first link wins, the others read it.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
