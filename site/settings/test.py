"""Tests: the embedded default on a database of their own, or the servers that the environment names."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from .base import *
from .base import MIDDLEWARE, REST_FRAMEWORK, SIMPLE_JWT, STORAGES, environment

SECRET_KEY = "a key for tests, of at least fifty characters, that opens nothing"
SIMPLE_JWT = {**SIMPLE_JWT, "SIGNING_KEY": environment.token_key(SECRET_KEY)}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TEST_DIR = Path(tempfile.mkdtemp(prefix="haat-tests-"))
MEDIA_ROOT = TEST_DIR / "media"
PRIVATE_DIR = TEST_DIR / "private"
MAILBOX_DIR = TEST_DIR / "mail"
SERVE_MEDIA = True
DEMO_DATA_ALLOWED = True
PUBLIC_CACHE_SECONDS = 0  # tests of the cache turn it on
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": TEST_DIR / "documents", "base_url": None},
    },
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MIDDLEWARE = list(MIDDLEWARE)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
DATABASES = {"default": environment.database()}
if DATABASES["default"]["ENGINE"].endswith("mysql"):
    DATABASES["default"]["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_unicode_ci"}
else:
    # A file, not memory: connections of several threads must see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}
if not environment.redis_url():
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    # A database of its own for each parallel worker: clearing a cache empties the whole of it.
    WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = urlsplit(environment.redis_url())._replace(path=f"/{WORKER}").geturl()
# Messages go nowhere: a test calls the task or the sweep. The browser tests run a real broker and worker.
CELERY_BROKER_URL = "memory://"
# Nobody listens there: a test that needs Razorpay starts a simulator of its own.
RAZORPAY_API_URL = "http://127.0.0.1:9"
