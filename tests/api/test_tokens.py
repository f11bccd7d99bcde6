from datetime import timedelta

import jwt
import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts.models import User
from accounts.services.users import change_password, revoke_tokens
from api.serializers.tokens import make_refresh
from tests.api.wire import ENCODINGS, REQUIRED, Api, detail_body, field_body, make_access, refused_method
from tests.factories.users import PASSWORD, make_user

pytestmark = pytest.mark.django_db

CREATE, REFRESH, VERIFY = "/auth/jwt/create/", "/auth/jwt/refresh/", "/auth/jwt/verify/"
LOGOUT, ME = "/auth/jwt/logout/", "/auth/users/me/"
NO_ACCOUNT = detail_body("No active account found with the given credentials", "no_active_account")
INVALID = detail_body("Token is invalid", "token_not_valid")


@pytest.fixture
def user(db) -> User:
    return make_user(username="asha", email="asha@example.com")


def bad_token_body(message: str) -> dict:
    return {
        "detail": "Given token not valid for any token type",
        "code": "token_not_valid",
        "messages": [{"token_class": "AccessToken", "token_type": "access", "message": message}],
        "error": "Given token not valid for any token type",
        "details": {},
    }


ENDED = bad_token_body("Token has ended")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["asha", "asha@example.com", "ASHA@Example.com"])
def test_create_token(guest, user, name, encoding):
    answer = guest.post(CREATE, {"username": name, "password": PASSWORD}, encoding)
    assert (answer.status, list(answer.body)) == (200, ["refresh", "access"])
    assert Api(token=answer.body["access"]).get(ME).body["username"] == "asha"


@pytest.mark.parametrize("scheme", ["JWT", "Bearer"])
def test_token_scheme(user, scheme):
    assert Api(token=make_access(user), scheme=scheme).get(ME).status == 200


def test_other_scheme_is_nobody(user):
    assert Api(token=make_access(user), scheme="Token").get(ME).status == 401
    assert Api(token=make_access(user), scheme="Token").get("/store/products/").status == 200


def test_token_lifetimes(user):
    refresh = make_refresh(user)
    assert refresh["exp"] - refresh["iat"] == 24 * 3600
    assert refresh.access_token["exp"] - refresh["iat"] == 24 * 3600


@pytest.mark.parametrize(
    ("name", "password"),
    [("asha", "wrong"), ("nobody", PASSWORD), ("nobody@example.com", PASSWORD), ("asha", PASSWORD + " ")],
)
def test_create_token_wrong(guest, user, name, password):
    answer = guest.post(CREATE, {"username": name, "password": password})
    assert answer.told == (401, NO_ACCOUNT)
    assert answer.headers["WWW-Authenticate"] == 'JWT realm="api"'


def test_create_token_inactive(guest, user):
    User.objects.update(is_active=False)
    assert guest.post(CREATE, {"username": "asha", "password": PASSWORD}).told == (401, NO_ACCOUNT)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"username": REQUIRED, "password": REQUIRED}),
        ({"username": "asha", "password": ""}, {"password": ["This field may not be blank."]}),
        ({"username": None, "password": "x"}, {"username": ["This field may not be null."]}),
        ({"username": [], "password": "x"}, {"username": ["Not a valid string."]}),
        ({"username": "a\0", "password": "x"}, {"username": ["Null characters are not allowed."]}),
    ],
)
def test_create_token_bad_body(guest, body, fields):
    assert guest.post(CREATE, body).told == (400, field_body(**fields))


def test_create_token_ignores_a_stale_one(user):
    answer = Api(token="stale").post(CREATE, {"username": "asha", "password": PASSWORD})
    assert answer.status == 200


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_refresh_and_verify(guest, user, encoding):
    refresh = str(make_refresh(user))
    answer = guest.post(REFRESH, {"refresh": refresh}, encoding)
    assert (answer.status, list(answer.body)) == (200, ["access"])
    for token in (refresh, answer.body["access"]):
        assert guest.post(VERIFY, {"token": token}, encoding).told == (200, {})
    assert Api(token=answer.body["access"]).get(ME).status == 200


def test_refresh_does_not_rotate(guest, user):
    refresh = str(make_refresh(user))
    assert [guest.post(REFRESH, {"refresh": refresh}).status for _ in range(3)] == [200, 200, 200]


def test_token_endpoints_need_their_field(guest):
    assert guest.post(REFRESH, {}).told == (400, field_body(refresh=REQUIRED))
    assert guest.post(VERIFY, {}).told == (400, field_body(token=REQUIRED))
    assert guest.post(LOGOUT, {}).told == (400, field_body(refresh=REQUIRED))


@pytest.mark.parametrize("path", [CREATE, REFRESH, VERIFY, LOGOUT])
def test_get_token_endpoint(guest, path):
    assert guest.get(path).told == refused_method("GET")


def tamper(token: str) -> str:
    head, body, signature = token.split(".")
    return f"{head}.{body}.{signature[::-1]}"


def sign(claims: dict, key: str = settings.SIMPLE_JWT["SIGNING_KEY"], algorithm: str = "HS256") -> str:
    return jwt.encode(claims, key, algorithm=algorithm)


def bad_tokens(user: User) -> dict[str, str]:
    """Tokens of every kind that must not open anything, for access and for refresh alike."""
    access, refresh = AccessToken(make_access(user)), make_refresh(user)
    claims = dict(refresh.payload)
    past = timezone.now() - timedelta(days=2)
    expired = make_refresh(user)
    expired.set_exp(from_time=past)
    expired_access = AccessToken(str(access))
    expired_access.set_exp(from_time=past)
    return {
        "nonsense": "nonsense",
        "empty parts": "..",
        "not ascii": "é.é.é",
        "alg none": jwt.encode({**access.payload}, None, algorithm="none"),
        "alg none refresh": jwt.encode(claims, None, algorithm="none"),
        "expired": str(expired),
        "expired access": str(expired_access),
        "tampered": tamper(str(refresh)),
        "tampered access": tamper(str(access)),
        "other key": sign(claims, key="another key that is long enough for a signature"),
        "secret key": sign(claims, key=settings.SECRET_KEY),
        "other algorithm": sign(claims, algorithm="HS512"),
        "other audience": sign({**claims, "aud": "elsewhere"}),
        "other issuer": sign({**claims, "iss": "elsewhere"}),
        "no user": sign({name: value for name, value in claims.items() if name != "user_id"}),
        "odd user": sign({**claims, "user_id": "abc"}),
        "list of users": sign({**claims, "user_id": [1]}),
        "no epoch": sign({name: value for name, value in claims.items() if name != "epoch"}),
        "odd epoch": sign({**claims, "epoch": "x"}),
        "other type": sign({**claims, "token_type": "sliding"}),
        "no expiry": sign({name: value for name, value in claims.items() if name != "exp"}),
    }


KINDS = [
    "nonsense",
    "empty parts",
    "not ascii",
    "alg none",
    "alg none refresh",
    "expired",
    "expired access",
    "tampered",
    "tampered access",
    "other key",
    "secret key",
    "other algorithm",
    "other audience",
    "other issuer",
    "no user",
    "odd user",
    "list of users",
    "no epoch",
    "odd epoch",
    "other type",
    "no expiry",
]


@pytest.mark.parametrize("kind", KINDS)
def test_bad_token(guest, user, kind):
    token = bad_tokens(user)[kind]
    assert guest.post(REFRESH, {"refresh": token}).told == (401, INVALID)
    assert guest.post(LOGOUT, {"refresh": token}).told == (401, INVALID)
    if kind != "other type":  # verify takes tokens of every type
        assert guest.post(VERIFY, {"token": token}).told == (401, INVALID)
    for path in (ME, "/store/products/", "/store/carts/abc/"):
        answer = Api(token=token).get(path)
        assert (answer.status, answer.body["code"]) == (401, "token_not_valid")
        assert answer.body["detail"] == answer.body["error"] == "Given token not valid for any token type"
        assert answer.headers["WWW-Authenticate"] == 'JWT realm="api"'


def test_kinds_of_bad_tokens_are_all_tested(user):
    assert list(bad_tokens(user)) == KINDS


def test_refresh_used_as_access(user):
    answer = Api(token=str(make_refresh(user))).get("/store/products/")
    assert answer.told == (401, bad_token_body("Token has wrong type"))


def test_access_used_as_refresh(guest, user):
    assert guest.post(REFRESH, {"refresh": make_access(user)}).told == (401, INVALID)
    assert guest.post(LOGOUT, {"refresh": make_access(user)}).told == (401, INVALID)


@pytest.mark.parametrize("header", ["JWT", "JWT a b"])
def test_header_malformed(guest, header):
    answer = guest.get("/store/products/", Authorization=header)
    sentence = "Authorization header must contain two space-delimited values"
    assert answer.told == (401, detail_body(sentence, "bad_authorization_header"))


def deactivate(user: User) -> None:
    user.is_active = False
    user.save()


def remove(user: User) -> None:
    user.delete()


def change(user: User) -> None:
    change_password(user=user, password="another long phrase")


def log_out(user: User) -> None:
    revoke_tokens(user=user)


def reactivate(user: User) -> None:
    for is_active in (False, True):
        user.is_active = is_active
        user.save()


def promote(user: User) -> None:
    user.is_staff = True
    user.save(update_fields=["is_staff"])


@pytest.mark.parametrize("end", [deactivate, remove, change, log_out, reactivate, promote])
def test_token_ended_at_once(guest, user, end):
    refresh = make_refresh(user)
    access = str(refresh.access_token)
    end(user)
    assert guest.post(REFRESH, {"refresh": str(refresh)}).told == (401, INVALID)
    assert guest.post(VERIFY, {"token": str(refresh)}).told == (401, INVALID)
    assert guest.post(VERIFY, {"token": access}).told == (401, INVALID)
    assert guest.post(LOGOUT, {"refresh": str(refresh)}).told == (401, INVALID)
    for path in (ME, "/store/products/"):
        assert Api(token=access).get(path).told == (401, ENDED)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_logout(guest, user, encoding):
    refresh = make_refresh(user)
    answer = guest.post(LOGOUT, {"refresh": str(refresh)}, encoding)
    assert (answer.status, answer.content) == (204, b"")
    assert Api(token=str(refresh.access_token)).get(ME).told == (401, ENDED)
    assert guest.post(CREATE, {"username": "asha", "password": PASSWORD}).status == 200


def test_logout_leaves_others_alone(guest, user):
    other = make_user(username="ravi")
    guest.post(LOGOUT, {"refresh": str(make_refresh(user))})
    assert Api(token=make_access(other)).get(ME).status == 200


def test_tokens_carry_the_epoch_and_nothing_personal(user):
    claims = set(RefreshToken(str(make_refresh(user))).payload)
    assert claims == {"token_type", "exp", "iat", "jti", "user_id", "aud", "iss", "epoch"}
