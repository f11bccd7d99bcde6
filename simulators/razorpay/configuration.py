"""What the simulator is told by its environment, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CAPTURE_MODES = ("automatic", "manual")


class ConfigurationError(Exception):
    """A variable of the environment holds something the simulator cannot work with."""


@dataclass(frozen=True)
class Configuration:
    """Amounts are in paise, durations in seconds."""

    database: Path
    host: str = "127.0.0.1"
    port: int = 8001
    # Faults are ordered there, on this machine only. None: the port after `port`, where it is free.
    control_port: int | None = None
    key_id: str = "rzp_test_haatsimulator"
    key_secret: str = "haat-simulator-key-secret"
    webhook_secrets: tuple[str, ...] = ("haat-simulator-webhook-secret",)
    webhook_urls: tuple[str, ...] = ("http://127.0.0.1:8000/payments/webhook/",)
    # Divides every wait between two deliveries: 60 turns a minute into a second.
    retry_factor: float = 1.0
    # Razorpay keeps this default in the dashboard; an order's own `payment.capture` overrides it.
    capture: str = "automatic"
    # Above zero, a refund is pending for this long before it is processed.
    refund_seconds: float = 0.0
    maximum_amount: int = 500_000_000
    account_id: str = "acc_HaatSimulator0"


def read_configuration(environ: Mapping[str, str]) -> Configuration:
    """Raises ConfigurationError with one sentence that names the variable."""
    webhook_urls = environ.get("SIMULATOR_WEBHOOK_URLS")
    return Configuration(
        database=Path(environ.get("DATA_DIR") or "var") / "simulator" / "razorpay.sqlite3",
        host=environ.get("SIMULATOR_HOST") or Configuration.host,
        port=_read_port(environ, "SIMULATOR_PORT", Configuration.port) or 0,
        control_port=_read_port(environ, "SIMULATOR_CONTROL_PORT"),
        key_id=environ.get("RAZORPAY_KEY_ID") or Configuration.key_id,
        key_secret=environ.get("RAZORPAY_KEY_SECRET") or Configuration.key_secret,
        webhook_secrets=_split(environ.get("RAZORPAY_WEBHOOK_SECRET")) or Configuration.webhook_secrets,
        # Set but empty means that nobody listens.
        webhook_urls=Configuration.webhook_urls if webhook_urls is None else _split(webhook_urls),
        retry_factor=_read_positive(environ, "SIMULATOR_RETRY_FACTOR", Configuration.retry_factor),
        capture=_read_capture(environ),
        refund_seconds=_read_number(environ, "SIMULATOR_REFUND_SECONDS", Configuration.refund_seconds),
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _read_port(environ: Mapping[str, str], name: str, default: int | None = None) -> int | None:
    text = environ.get(name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise ConfigurationError(f"{name} must be a port between 0 and 65535, not {text!r}.")
    return int(text)


def _read_number(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise ConfigurationError(f"{name} must be a number of at least 0, not {text!r}.")
    return number


def _read_positive(environ: Mapping[str, str], name: str, default: float) -> float:
    number = _read_number(environ, name, default)
    if number == 0:
        raise ConfigurationError(f"{name} must be greater than 0.")
    return number


def _read_capture(environ: Mapping[str, str]) -> str:
    capture = environ.get("SIMULATOR_CAPTURE") or Configuration.capture
    if capture not in CAPTURE_MODES:
        raise ConfigurationError(f"SIMULATOR_CAPTURE must be automatic or manual, not {capture!r}.")
    return capture
