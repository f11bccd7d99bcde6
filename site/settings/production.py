"""Production: refuses to start on anything that would be unsafe or only pretends to sell."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .environment import read, read_bool, read_list, token_key

SECRET_KEY = read("SECRET_KEY")
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Production needs a secret key of its own.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. Name the hosts the shop answers to, comma-separated."
    )
if RAZORPAY_IS_SIMULATED or RAZORPAY_API_URL != "https://api.razorpay.com" or not RAZORPAY_WEBHOOK_SECRETS:
    raise ImproperlyConfigured(
        "Production takes real money: set RAZORPAY_KEY_ID, RAZORPAY_KEY_SECRET and RAZORPAY_WEBHOOK_SECRET, "
        "and leave RAZORPAY_API_URL unset. The simulator runs in development and demo settings only."
    )
STAFF_SECOND_FACTOR = read_bool("STAFF_SECOND_FACTOR", default=True)
SIMPLE_JWT = {**SIMPLE_JWT, "SIGNING_KEY": token_key(SECRET_KEY)}
BASE_URL = WAGTAILADMIN_BASE_URL = read("BASE_URL", f"https://{ALLOWED_HOSTS[0]}")

SECURE_SSL_REDIRECT = read_bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a load balancer asks over plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(read("SECURE_HSTS_SECONDS", "31536000"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
