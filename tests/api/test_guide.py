"""docs/api.md: its very commands, run by a shell against a server, answer what it says they do."""

import json
import os
import re
import subprocess
from typing import Any

import pytest
from django.conf import settings

from accounts.services.users import change_password
from checkout.models import Order, Refund
from pages.demo.history import ADMIN_PASSWORD
from shop.models import Review
from tests.factories.catalogue import make_picture, make_product
from tests.factories.users import make_admin

# Each block of the page and the language it is in.
BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
END_OF_BLOCK = "=====8<====="
PREPARATION = "set -eu -o pipefail; shopt -s expand_aliases\n"


def read_blocks() -> list[tuple[str, str]]:
    return BLOCKS.findall((settings.ROOT / "docs/api.md").read_text())


def run_page(tmp_path, **variables: str) -> list[str]:
    """What each block of commands wrote."""
    commands = [text for language, text in read_blocks() if language == "sh"]
    script = PREPARATION + "".join(f"{text}\necho; echo '{END_OF_BLOCK}'\n" for text in commands)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.split(END_OF_BLOCK)[:-1]


def outline(value: Any) -> Any:
    """What may be compared of two answers: keys and kinds, and words that are states."""
    if isinstance(value, dict):
        return {key: outline_field(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [outline(part) for part in value[:1]]
    return "number" if isinstance(value, int | float) else type(value).__name__


STATES = ("status", "payment_status", "order_status", "code", "error", "message", "membership", "currency")


def outline_field(key: str, value: Any) -> Any:
    return value if key in STATES else outline(value)


@pytest.mark.django_db(transaction=True)
def test_commands_of_the_guide(live_server, simulator, tmp_path):
    change_password(user=make_admin(username="admin"), password=ADMIN_PASSWORD)
    for _ in range(2):
        lamp = make_product(title="Brass lamp", unit_price="71.88", inventory=40, pictures=[make_picture()])
        Review.objects.create(product=lamp, name="Ravi", description="Fine", rating=5)
    outputs = run_page(tmp_path, SHOP=live_server.url, SIMULATOR=simulator.control_url)
    compare_answers(outputs)
    order = Order.objects.exclude(customer=None).get()
    assert (order.status, order.total.to_eng_string()) == ("paid", "158.14")
    assert (Refund.objects.get().amount, Order.objects.filter(customer=None).count()) == (10, 1)


def compare_answers(outputs: list[str]) -> None:
    """A block of commands that is followed by an answer gives it."""
    blocks, written = read_blocks(), iter(outputs)
    for (language, text), (after, answer) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if language != "sh":
            continue
        said = next(written).strip()
        if after == "text":
            assert (text, said) == (text, answer.strip())
        elif after == "json":
            assert (text, outline(json.loads(said))) == (text, outline(json.loads(answer)))
