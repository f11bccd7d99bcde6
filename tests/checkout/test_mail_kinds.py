"""Every kind of mail: filled with real or made-up data, whole, and with nothing remote in it."""

import re

import pytest
from django.utils.module_loading import import_string

from notifications.kinds import find_kind, list_kinds
from notifications.rendering import render_mail
from notifications.words import PLACEHOLDER, default_words, find_unknown
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

KINDS = sorted(list_kinds())
REMOTE = re.compile(r"""(?:src|background)\s*=|url\(|<link|@import|<script""")


def render(key: str):
    kind = find_kind(key)
    sample = import_string(kind.sample)(kind)
    return render_mail(kind, values=sample.values, context=sample.context)


@pytest.mark.parametrize("key", KINDS)
def test_default_words_name_only_what_is_known(key):
    kind = find_kind(key)
    for text in default_words(kind):
        assert find_unknown(text, kind) == []


@pytest.mark.parametrize("has_order", [False, True])
@pytest.mark.parametrize("key", KINDS)
def test_mail_is_whole_in_text_and_html(key, has_order):
    if has_order:
        make_order(email="asha@example.com")
    mail = render(key)
    assert mail.subject
    for part in (mail.subject, mail.text, mail.html.partition("</style>")[2]):
        assert not PLACEHOLDER.search(part), part
    assert not REMOTE.search(mail.html.partition("<body")[2])
    assert "Haat" in mail.text
    assert "\n\n\n" not in mail.text.strip()


def test_no_key_stands_for_two_kinds(settings):
    keys = [kind.key for path in settings.MAIL_KINDS for kind in import_string(path)]
    assert len(keys) == len(set(keys))
    assert {"order_confirmation", "payment_failed", "payment_late", "staff_new_order"} <= set(keys)
