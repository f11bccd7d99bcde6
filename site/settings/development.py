"""What `make run` and `manage.py` use: DEBUG, the embedded servers, the simulator."""

from . import tools
from .base import *
from .environment import generated_secret, read, read_bool, read_list, token_key

DEBUG = read_bool("DEBUG", default=True)
SECRET_KEY = read("SECRET_KEY") or generated_secret("secret-key")
SIMPLE_JWT = {**SIMPLE_JWT, "SIGNING_KEY": token_key(SECRET_KEY)}
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
SERVE_MEDIA = True
DEMO_DATA_ALLOWED = DEBUG
if DEBUG:
    PUBLIC_CACHE_SECONDS = 0  # a changed template shows at once
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if DEBUG:
    INSTALLED_APPS = [*INSTALLED_APPS, *tools.find_apps()]
    MIDDLEWARE = [*tools.find_middleware(), *MIDDLEWARE]
    SILKY_INTERCEPT_FUNC = tools.is_watched
    DEBUG_TOOLBAR_CONFIG = {"SHOW_TOOLBAR_CALLBACK": tools.is_watched}
