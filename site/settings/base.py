"""Settings that every environment shares. Where a value may differ, `environment` reads it."""

from datetime import timedelta
from pathlib import Path

from corsheaders.defaults import default_headers

from . import environment
from .apps import INSTALLED_APPS, MIDDLEWARE, TEMPLATE_CONTEXT_PROCESSORS  # noqa: F401 - settings, too
from .background import *
from .caching import *
from .editing import *
from .environment import DATA_DIR, PORT, ROOT, read, read_bool, read_list
from .selling import *

DEBUG = False
ALLOWED_HOSTS: list[str] = []
BASE_URL = read("BASE_URL", f"http://127.0.0.1:{PORT}")

ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database()}
CACHES = {"default": environment.cache()}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": TEMPLATE_CONTEXT_PROCESSORS},
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = read("ACCOUNT_EMAIL_VERIFICATION", "optional")
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Failed attempts on pages, beside the API's own counter: as many, and with the same minute.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code of the last or the next half minute: clocks differ
MFA_TOTP_ISSUER = "Haat"
STAFF_SECOND_FACTOR = read_bool("STAFF_SECOND_FACTOR", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = int(read("TRUSTED_PROXY_COUNT", "0"))

LANGUAGE_CODE = "en-in"
TIME_ZONE = "Asia/Kolkata"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(read("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_DIR = DATA_DIR / "private"  # files that only views with a permission check hand out
# Uploaded files are served by the web process only where nothing stands before it (development, demo).
SERVE_MEDIA = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Invoices and credit notes: private, so beside the media folder that a web server may serve.
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "documents", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long StreamField page posts more than Django's thousand

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["api.parsers.TolerantJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "api.parsers.BoundedJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "api.openapi.ContractSchema",
    "DEFAULT_PAGINATION_CLASS": "api.pagination.OptionalPagination",
    "EXCEPTION_HANDLER": "api.errors.handle_exception",
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,  # `?format=` is an unknown parameter like any other, and those are ignored
    # X-Forwarded-For is trusted only as far as proxies are known to stand before us.
    "NUM_PROXIES": int(read("TRUSTED_PROXY_COUNT", "0")),
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.AnonymousThrottle", "api.throttling.CustomerThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": read("THROTTLE_ANONYMOUS", "600/min"),
        "customer": read("THROTTLE_CUSTOMER", "1200/min"),
        "login": read("THROTTLE_LOGIN", "20/min"),
        "login_account": read("THROTTLE_LOGIN_ACCOUNT", "5/min"),
        "review": read("THROTTLE_REVIEW", "20/min"),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Haat",
    "DESCRIPTION": (
        "The shop for programs: browse, fill a cart, order, pay. Bodies are JSON, forms or multipart; every address "
        "ends in a slash; amounts are numbers in rupees unless paise are named; times are UTC.\n\n"
        "Sign in at `POST /auth/jwt/create/` and send the access token as `Authorization: JWT …`. Every error has "
        "`error` (one sentence), `code` (a stable word) and `details` (what is wrong with which field). Lists are "
        "arrays unless `page` or `page_size` asks for pages; `include` asks for richer answers."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "PREPROCESSING_HOOKS": ["api.schema.keep_own_routes"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.openapi.complete_schema",
    ],
    "WEBHOOKS": "api.webhooks.WEBHOOKS",
    "SERVE_INCLUDE_SCHEMA": False,
    # The interactive page is served from here, with assets of its own: it works offline.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": True},
    "COMPONENT_SPLIT_REQUEST": True,
}
SIMPLE_JWT = {
    "AUTH_HEADER_TYPES": ("JWT", "Bearer"),
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=24),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=1),
    "ROTATE_REFRESH_TOKENS": False,
    "CHECK_REVOKE_TOKEN": False,  # the epoch on the user revokes, see api.authentication
    "AUDIENCE": "haat-api",
    "ISSUER": "haat",
    "TOKEN_OBTAIN_SERIALIZER": "api.serializers.tokens.CreateTokenSerializer",
}
CORS_ALLOWED_ORIGINS = read_list("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/(auth|store|payments|api)/"
CORS_ALLOW_HEADERS = [*default_headers, "idempotency-key", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = ["etag", "idempotent-replayed", "last-modified", "retry-after", "www-authenticate"]
CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for DENY, but previews stand in a frame of the admin

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": read("LOG_LEVEL", "INFO")},
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "urllib3": {"level": "WARNING"},
    },
}
