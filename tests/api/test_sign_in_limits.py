"""Five failed attempts a minute for an account, twenty for an address; whoever the account may be of."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts.models import SignInAttempts, User
from accounts.networks import widen
from accounts.services.attempts import Limit, TooManyAttempts, hash_name, release_attempt, reserve_attempt
from accounts.tasks import remove_old_attempts
from api.throttling import AnonymousThrottle, CustomerThrottle
from tests.api.wire import Answer, Api, detail_body, encode, sign_in
from tests.factories.users import PASSWORD, make_user
from tests.parallel import run_at_once

pytestmark = pytest.mark.django_db

CREATE = "/auth/jwt/create/"


@pytest.fixture(autouse=True)
def _throttled(monkeypatch):
    monkeypatch.setattr(APIView, "throttle_classes", [AnonymousThrottle, CustomerThrottle])


@pytest.fixture
def user(db) -> User:
    return make_user(username="asha", email="asha@example.com")


def attempt(api: Api, username: str = "asha", password: str = "wrong", **headers: str) -> Answer:
    return api.post(CREATE, {"username": username, "password": password}, **headers)


def statuses(api: Api, times: int, **fields: str) -> list[int]:
    return [attempt(api, **fields).status for _ in range(times)]


def let_pass(seconds: int) -> None:
    for row in SignInAttempts.objects.all():
        row.moments = [moment - seconds for moment in row.moments]
        row.save()


@pytest.mark.parametrize("username", ["asha", "asha@example.com", "nobody"])
def test_sixth_attempt_in_a_minute(guest, user, username):
    assert statuses(guest, 5, username=username) == [401] * 5
    answer = attempt(guest, username)
    seconds = int(answer.headers["Retry-After"])
    sentence = f"Too many attempts to sign in. Please try again in {seconds} seconds."
    assert answer.told == (429, detail_body(sentence, "throttled"))
    assert 50 <= seconds <= 60


def test_right_password_does_not_help_then(guest, user):
    statuses(guest, 5)
    assert attempt(guest, password=PASSWORD).status == 429
    let_pass(61)
    assert attempt(guest, password=PASSWORD).status == 200


def test_every_minute_is_looked_at_and_not_each_of_the_clock(guest, user):
    statuses(guest, 3)
    let_pass(40)
    assert statuses(guest, 3) == [401, 401, 429]
    let_pass(21)
    assert statuses(guest, 4) == [401, 401, 401, 429]


def test_names_of_one_account_are_counted_together(guest, user):
    names = ["asha", "ASHA", "asha@example.com", "Asha@Example.com", "asha", "asha@example.com"]
    assert [attempt(guest, name).status for name in names] == [401] * 5 + [429]


def test_accounts_are_counted_apart(guest, user):
    make_user(username="ravi")
    statuses(guest, 6)
    assert attempt(guest, "ravi", PASSWORD).status == 200


def test_twenty_attempts_from_one_address(guest, user):
    assert [attempt(guest, f"name{number}").status for number in range(21)] == [401] * 20 + [429]
    assert attempt(guest, password=PASSWORD).status == 429
    assert attempt(guest, password=PASSWORD).headers["Retry-After"]


def test_signing_in_rightly_is_not_counted(guest, user):
    assert statuses(guest, 25, password=PASSWORD) == [200] * 25


def test_success_does_not_wash_failures_away(guest, user):
    make_user(username="ravi")
    outcome = []
    for _ in range(6):
        outcome += [attempt(guest).status, attempt(guest, "ravi", PASSWORD).status]
    assert outcome == [401, 200] * 5 + [429, 200]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_forged_address_has_no_effect(guest, user, header):
    answers = [attempt(guest, f"n{n}", **{header: f"10.0.0.{n}"}).status for n in range(21)]
    assert answers == [401] * 20 + [429]


def test_address_behind_a_known_proxy(guest, user, monkeypatch):
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    for number in range(20):
        attempt(guest, f"n{number}", X_Forwarded_For=f"10.9.9.{number}, 203.0.113.7")
    assert attempt(guest, "n", X_Forwarded_For="10.8.8.8, 203.0.113.7").status == 429
    assert attempt(guest, "n", X_Forwarded_For="203.0.113.8").status == 401


def test_bad_bodies_are_no_attempts(guest, user):
    assert {guest.post(CREATE, {"username": "asha"}).status for _ in range(8)} == {400}
    assert attempt(guest, password=PASSWORD).status == 200


def test_no_limits_where_throttling_is_off(guest, user, monkeypatch):
    monkeypatch.setattr(APIView, "throttle_classes", [])
    assert statuses(guest, 25) == [401] * 25
    assert SignInAttempts.objects.count() == 0


def test_unknown_and_known_say_the_same(guest, user):
    known, unknown = attempt(guest), attempt(guest, "nobody")
    assert (known.content, sorted(known.headers.items())) == (
        unknown.content,
        sorted(unknown.headers.items()),
    )


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
    ],
)
def test_address_that_is_counted(address, counted):
    assert widen(address) == counted


def test_names_are_kept_as_hashes(guest, user):
    attempt(guest, "nobody@example.com")
    names = {hash_name("name:nobody@example.com"), hash_name("address:127.0.0.1")}
    assert set(SignInAttempts.objects.values_list("digest", flat=True)) == names
    assert str(SignInAttempts.objects.first()) in names


def test_release_of_what_was_not_reserved():
    now = timezone.now()
    release_attempt(names=["a"], now=now)
    assert SignInAttempts.objects.get().moments == []


def test_old_rows_are_removed(guest, user):
    attempt(guest)
    remove_old_attempts()
    assert SignInAttempts.objects.count() == 2
    SignInAttempts.objects.update(updated_at=timezone.now() - timedelta(days=2))
    remove_old_attempts()
    assert SignInAttempts.objects.count() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_attempts_at_once_are_counted_exactly():
    limits = {"user:1": Limit(5, 60), "address:x": Limit(20, 60)}
    results = run_at_once([partial(reserve_attempt, limits=limits, now=timezone.now())] * 30)
    outcome = Counter(type(result).__name__ for result in results)
    assert outcome == {"NoneType": 5, TooManyAttempts.__name__: 25}
    assert [len(row.moments) for row in SignInAttempts.objects.all()] == [5, 5]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_passwords_guessed_at_once_are_five():
    make_user(username="asha")
    results = run_at_once([partial(attempt, Api())] * 20)
    assert Counter(answer.status for answer in results) == {401: 5, 429: 15}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/auth/users/set_password/", {"new_password": "another long phrase"}),
        ("DELETE", "/auth/users/me/", {}),
    ],
)
def test_wrong_current_passwords_count_as_failures_to_sign_in(guest, user, method, path, body):
    api = sign_in(user)
    answers = [
        api.send(method, path, *encode({"current_password": password, **body}, "json"))
        for password in ["wrong"] * 5 + [PASSWORD]
    ]
    assert [answer.status for answer in answers] == [400] * 5 + [429]
    assert answers[0].body["details"] == {"current_password": ["Invalid password."]}
    assert 0 < int(answers[5].headers["Retry-After"]) <= 60
    assert attempt(guest, password=PASSWORD).status == 429


def test_right_current_passwords_are_not_counted(user):
    for _ in range(6):
        body = {"current_password": PASSWORD, "new_password": PASSWORD}
        assert sign_in(User.objects.get()).post("/auth/users/set_password/", body).status == 204
