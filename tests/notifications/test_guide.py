"""docs/webhooks.md: its own code accepts what the shop signs, and nothing else."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from notifications.services.webhook_secrets import sign

BODY = '{"title":"दीया"}'.encode()
GUIDE = (settings.ROOT / "docs/webhooks.md").read_text()


def read_block(language: str) -> str:
    return re.search(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)[1]


def ask_python(body: bytes, header: str, secret: str) -> bool:
    room: dict = {}
    exec(read_block("python"), room)
    return room["is_genuine"](body, header, secret)


def ask_node(body: bytes, header: str, secret: str) -> bool:
    asking = "const [body, header, secret] = process.argv.slice(1);"
    asking += "process.stdout.write(String(isGenuine(Buffer.from(body, 'hex'), header, secret)))"
    command = ["node", "-e", read_block("js") + asking, body.hex(), header, secret]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout == "true"


@pytest.mark.parametrize("ask", [ask_python] + [ask_node] * bool(shutil.which("node")))
def test_sample_accepts_what_the_shop_signs_and_nothing_else(ask):
    now = timezone.now()
    header = sign(BODY, secrets=["new", "old"], at=now)
    assert ask(BODY, header, "new")
    assert ask(BODY, header, "old")
    assert not ask(BODY, header, "other")
    assert not ask(BODY + b" ", header, "new")
    assert not ask(BODY, sign(BODY, secrets=["new"], at=now - timedelta(minutes=6)), "new")
    for broken in ("", "t=,v1=", "v1=00", "t=x,v1=é", header.replace("v1", "v0")):
        assert not ask(BODY, broken, "new")
