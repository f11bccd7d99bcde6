"""How long the pages of staff take in a large shop: median of some requests each, after one that warms up.

Requests run in this process, through all of Django but no network. The rows are made first, in the database
that the environment names (BENCH_ORDERS, BENCH_LINES, BENCH_PRODUCTS).
"""

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORDERS = int(os.environ.get("BENCH_ORDERS") or 100_000)
LINES = int(os.environ.get("BENCH_LINES") or 10)
PRODUCTS = int(os.environ.get("BENCH_PRODUCTS") or 2_000)
REQUESTS = 5


def main() -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT / "scripts" / "benchmarks")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.development")
    os.environ["DEBUG"] = "0"

    import django

    django.setup()

    from django.core.management import call_command

    call_command("migrate", verbosity=0)

    from fill_shop import fill_shop

    fill_shop(orders=ORDERS, lines=LINES, products=PRODUCTS)
    started_at = time.perf_counter()
    call_command("rebuild_summaries", verbosity=0)
    print(f"summaries of {ORDERS} orders, {ORDERS * LINES} lines: {time.perf_counter() - started_at:.0f} s")
    for address, milliseconds in time_pages():
        print(f"{address:60} {milliseconds:7.0f} ms")


def time_pages():
    from django.test import Client

    from accounts.models import User

    user, _made = User.objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True, "email": "bench@example.com"}
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in list_addresses():
        yield address, statistics.median(time_requests(client, address))


def list_addresses() -> list[str]:
    from django.urls import reverse

    from reports.catalogue import REPORTS

    reports = [
        f"{reverse('report', args=[name])}?period={period}" for name in REPORTS for period in ("30", "365")
    ]
    return [reverse("wagtailadmin_home"), reverse("checkout_order_modeladmin_index"), *reports]


def time_requests(client, address: str):
    for number in range(REQUESTS + 1):
        started_at = time.perf_counter()
        answer = client.get(address)
        took = 1000 * (time.perf_counter() - started_at)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if number:
            yield took


if __name__ == "__main__":
    main()
