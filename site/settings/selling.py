"""Payments, mail and the shop's own limits."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .environment import DATA_DIR, SIMULATOR_PORT, read, read_bool, read_list

__all__ = [
    "ANYMAIL",
    "CONTENT_SECURITY_POLICY",
    "COUPON_ATTEMPTS",
    "DEFAULT_FROM_EMAIL",
    "DEMO_DATA_ALLOWED",
    "DEMO_PRODUCTS",
    "DOCUMENT_LOOK",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_TIMEOUT",
    "FORM_LIMIT",
    "MAILBOX_DIR",
    "MAIL_ATTACHMENT_LOADERS",
    "MAIL_KINDS",
    "MAIL_SHOP_NAME",
    "MAIL_TRANSPORT",
    "ORDER_CASH_DAYS",
    "ORDER_COMPLETE_DAYS",
    "ORDER_HOLD_EXTENSION_MINUTES",
    "ORDER_HOLD_MINUTES",
    "ORDER_HOLD_MINUTES_PHONE",
    "ORDER_RETURN_DAYS",
    "ORDER_UNPAID_LIMIT",
    "ORDER_UNPAID_LIMIT_GUEST",
    "RAZORPAY_API_URL",
    "RAZORPAY_CHECKOUT_SCRIPT",
    "RAZORPAY_IS_SIMULATED",
    "RAZORPAY_KEY_ID",
    "RAZORPAY_KEY_SECRET",
    "RAZORPAY_TIMEOUT_SECONDS",
    "RAZORPAY_WEBHOOK_SECRETS",
    "STAFF_CONCERNS",
    "STAFF_EMAILS",
    "WEBHOOK_ALLOW_PRIVATE",
    "WEBHOOK_KINDS",
]

RAZORPAY_IS_SIMULATED = not read("RAZORPAY_KEY_ID")
if RAZORPAY_IS_SIMULATED:
    # The bundled simulator's own keys: they open nothing outside this machine.
    RAZORPAY_KEY_ID = "rzp_test_haatsimulator"
    RAZORPAY_KEY_SECRET = "haat-simulator-key-secret"
    RAZORPAY_WEBHOOK_SECRETS = ["haat-simulator-webhook-secret"]
    RAZORPAY_API_URL = read("RAZORPAY_API_URL", f"http://127.0.0.1:{SIMULATOR_PORT}")
    # The browser may reach the simulator under another name than the shop does (containers).
    RAZORPAY_CHECKOUT_SCRIPT = read("SIMULATOR_PUBLIC_URL", RAZORPAY_API_URL) + "/v1/checkout.js"
else:
    RAZORPAY_KEY_ID = read("RAZORPAY_KEY_ID")
    RAZORPAY_KEY_SECRET = read("RAZORPAY_KEY_SECRET")
    if not RAZORPAY_KEY_SECRET:
        # Anybody can sign with an empty secret.
        raise ImproperlyConfigured("RAZORPAY_KEY_ID is set, RAZORPAY_KEY_SECRET is not.")
    RAZORPAY_WEBHOOK_SECRETS = read_list("RAZORPAY_WEBHOOK_SECRET")
    RAZORPAY_API_URL = read("RAZORPAY_API_URL", "https://api.razorpay.com")
    RAZORPAY_CHECKOUT_SCRIPT = "https://checkout.razorpay.com/v1/checkout.js"
RAZORPAY_TIMEOUT_SECONDS = (3.05, 20)  # to connect, to answer

ORDER_HOLD_MINUTES = int(read("ORDER_HOLD_MINUTES", "30"))
# For orders that staff enter: the buyer pays by the link in a mail.
ORDER_HOLD_MINUTES_PHONE = int(read("ORDER_HOLD_MINUTES_PHONE", str(24 * 60)))
ORDER_RETURN_DAYS = int(read("ORDER_RETURN_DAYS", "14"))
ORDER_HOLD_EXTENSION_MINUTES = int(read("ORDER_HOLD_EXTENSION_MINUTES", "15"))
ORDER_CASH_DAYS = int(read("ORDER_CASH_DAYS", "7"))
ORDER_COMPLETE_DAYS = int(read("ORDER_COMPLETE_DAYS", "30"))
ORDER_UNPAID_LIMIT = int(read("ORDER_UNPAID_LIMIT", "50"))
ORDER_UNPAID_LIMIT_GUEST = int(read("ORDER_UNPAID_LIMIT_GUEST", "20"))

# Coupons that do not hold, which one visitor may try over pages and API.
COUPON_ATTEMPTS = read("THROTTLE_COUPON", "20/min")
# Messages that one visitor may send by forms of pages.
FORM_LIMIT = read("THROTTLE_FORM", "10/min")

MAILBOX_DIR = DATA_DIR / "mail"
# Who is told what waits for staff; the administrators where it is unset.
STAFF_EMAILS = read_list("STAFF_EMAILS")
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL", "Haat <shop@example.com>")
EMAIL_HOST = read("EMAIL_HOST")
EMAIL_PORT = int(read("EMAIL_PORT", "25"))
EMAIL_TIMEOUT = 10
ANYMAIL = {
    "MAILGUN_API_KEY": read("MAILGUN_API_KEY"),
    "MAILGUN_API_URL": read("MAILGUN_API_URL", "https://api.mailgun.net/v3"),
    "MAILGUN_SENDER_DOMAIN": read("MAILGUN_SENDER_DOMAIN"),
    "MAILGUN_WEBHOOK_SIGNING_KEY": read("MAILGUN_WEBHOOK_SIGNING_KEY"),
    # "user:password" in the address that Mailgun calls, beside its signature; several while they change.
    "WEBHOOK_SECRET": read_list("ANYMAIL_WEBHOOK_SECRET"),
    "REQUESTS_TIMEOUT": 10,
}
# Whoever sends a mail (allauth, Wagtail, the shop) puts a row in the outbox; its delivery uses the transport.
EMAIL_BACKEND = "notifications.backends.OutboxBackend"
# The outbox knows no invoice: by the kind of its reference, what turns an attachment into bytes.
MAIL_ATTACHMENT_LOADERS = {
    "invoice": "checkout.services.documents.load_attachment",
    "credit-note": "checkout.services.documents.load_attachment",
    "report": "reports.services.files.load_attachment",
}
# Nor does it know what happens to orders and products: whose words name the kinds of events.
WEBHOOK_KINDS = ["checkout.enums.OrderEvent", "shop.enums.ProductEvent"]
# Events for clients in the shop's own network, over plain http too; unset, only public addresses over https.
WEBHOOK_ALLOW_PRIVATE = read_bool("WEBHOOK_ALLOW_PRIVATE", default=False)
# How the floors below the checkout put something before staff.
STAFF_CONCERNS = "checkout.services.concerns.open_concern"
# Every mail of the shop, by the floor that sends it; editors change their words in the admin.
MAIL_KINDS = ["checkout.mail_kinds.KINDS", "shop.mail_kinds.KINDS", "notifications.mail_kinds.KINDS"]
MAIL_SHOP_NAME = "pages.paper.name_shop"
if ANYMAIL["MAILGUN_API_KEY"]:
    MAIL_TRANSPORT = "anymail.backends.mailgun.EmailBackend"
elif EMAIL_HOST:
    MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
else:
    MAIL_TRANSPORT = "notifications.backends.MailboxBackend"


def razorpay_sources() -> list[str]:
    """Where the payment window's script, frame and requests come from."""
    if not RAZORPAY_IS_SIMULATED:
        return ["https://checkout.razorpay.com", "https://api.razorpay.com"]
    parts = urlsplit(RAZORPAY_CHECKOUT_SCRIPT)
    return [f"{parts.scheme}://{parts.netloc}"]


CONTENT_SECURITY_POLICY = {
    # Wagtail's admin has inline scripts of its own; it is behind a login and has its own policy there.
    "EXCLUDE_URL_PREFIXES": ("/admin/", "/django-admin/", "/api/docs/", "/silk/", "/__debug__/"),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, *razorpay_sources()],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *razorpay_sources()],
        # Videos stand in frames without cookies, and only once a shopper plays them.
        "frame-src": [
            SELF,
            "https://www.youtube-nocookie.com",
            "https://player.vimeo.com",
            *razorpay_sources(),
        ],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
    },
}

# Invoices carry the shop's look, which belongs to a floor above the one that prints them.
DOCUMENT_LOOK = "pages.paper.describe_look"

# `seed_db` makes an administrator with a well-known password: never in production.
DEMO_DATA_ALLOWED = False
DEMO_PRODUCTS = int(read("DEMO_PRODUCTS", "1000"))
