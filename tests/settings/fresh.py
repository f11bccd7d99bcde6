"""Settings as a process of its own reads them, with an environment that a test chooses."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "a-key-for-this-test-only-with-far-more-than-fifty-characters-in-it-0123456789",
    "ALLOWED_HOSTS": "shop.example.com",
    "RAZORPAY_KEY_ID": "rzp_live_x",
    "RAZORPAY_KEY_SECRET": "secret",
    "RAZORPAY_WEBHOOK_SECRET": "webhook-secret",
}


def list_variables() -> list[str]:
    """Every variable that .env.example names."""
    return re.findall(r"^([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def run(*command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess:
    """Run a command with these variables and no others; state goes to the folder."""
    unset = dict.fromkeys(list_variables(), "")
    measured = {name: value for name, value in os.environ.items() if name.startswith("COV")}
    environment = {
        **measured,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        **unset,
        "DATA_DIR": str(folder),
        **variables,
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def tell(expression: str, *, settings: str, folder: Path, setup: bool = False, **variables: str) -> str:
    """What an expression about `settings` prints; where it fails, the last line of the error."""
    code = f"from django.conf import settings\nprint({expression})"
    if setup:
        code = f"import django\ndjango.setup()\n{code}"
    done = run("-c", code, folder=folder, DJANGO_SETTINGS_MODULE=f"settings.{settings}", **variables)
    return (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()[-1]
