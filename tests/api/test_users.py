import pytest

from accounts.models import Customer, User
from accounts.services.users import EmailTaken, UsernameTaken
from tests.api.wire import ENCODINGS, REQUIRED, UNAUTHENTICATED, field_body, refused_method, sign_in
from tests.factories.users import PASSWORD, make_customer, make_user

pytestmark = pytest.mark.django_db

USERS, ME, SET_PASSWORD = "/auth/users/", "/auth/users/me/", "/auth/users/set_password/"
SIGN_UP = {"username": "asha", "email": "asha@example.com", "password": PASSWORD}
USERNAME_TAKEN = ["A user with that username already exists."]
EMAIL_TAKEN = ["user with this email already exists."]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_sign_up(guest, encoding):
    body = {**SIGN_UP, "first_name": "Asha", "last_name": "Rao"}
    answer = guest.post(USERS, body, encoding)
    user = User.objects.get()
    assert answer.told == (
        201,
        {
            "id": user.pk,
            "username": "asha",
            "email": "asha@example.com",
            "first_name": "Asha",
            "last_name": "Rao",
        },
    )
    assert user.check_password(PASSWORD)


def test_sign_up_makes_the_customer(guest):
    guest.post(USERS, SIGN_UP)
    customer = Customer.objects.get(user__username="asha")
    assert (customer.phone, customer.birth_date, customer.membership) == ("", None, "B")


def test_sign_up_names_are_optional(guest):
    answer = guest.post(USERS, SIGN_UP)
    assert (answer.body["first_name"], answer.body["last_name"]) == ("", "")


def test_sign_up_ignores_what_clients_may_not_set(guest):
    body = {
        **SIGN_UP,
        "id": 77,
        "is_staff": True,
        "is_superuser": True,
        "is_active": False,
        "token_epoch": 9,
        "membership": "G",
        "groups": [1],
        "user_permissions": [1],
    }
    assert guest.post(USERS, body).status == 201
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.is_active, user.token_epoch) == (False, False, True, 0)
    assert (user.pk != 77, user.customer.membership) == (True, "B")


def test_sign_up_required_fields(guest):
    fields = {"username": REQUIRED, "email": REQUIRED, "password": REQUIRED}
    answer = guest.post(USERS, {})
    assert (answer.status, answer.body["details"], answer.body["error"]) == (400, fields, REQUIRED[0])


@pytest.mark.parametrize("username", ["asha", "ASHA"])
def test_sign_up_username_taken(guest, username):
    make_user(username="asha")
    body = {**SIGN_UP, "username": username, "email": "new@example.com"}
    assert guest.post(USERS, body).told == (400, field_body(username=USERNAME_TAKEN))


@pytest.mark.parametrize("email", ["asha@example.com", "ASHA@Example.COM"])
def test_sign_up_email_taken_whatever_its_case(guest, email):
    make_user(email="Asha@example.com")
    assert guest.post(USERS, {**SIGN_UP, "email": email}).told == (400, field_body(email=EMAIL_TAKEN))


def test_sign_up_both_taken(guest):
    make_user(username="asha", email="asha@example.com")
    expected = field_body(username=USERNAME_TAKEN, email=EMAIL_TAKEN)
    assert guest.post(USERS, SIGN_UP).told == (400, expected)


@pytest.mark.parametrize(
    ("error", "body"),
    [(UsernameTaken, field_body(username=USERNAME_TAKEN)), (EmailTaken, field_body(email=EMAIL_TAKEN))],
)
def test_sign_up_that_loses_a_race(guest, monkeypatch, error, body):
    def lose(**fields):
        raise error

    monkeypatch.setattr("api.views.users.register_user", lose)
    assert guest.post(USERS, SIGN_UP).told == (400, body)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("username", "", "This field may not be blank."),
        ("username", "x" * 151, "Ensure this field has no more than 150 characters."),
        (
            "username",
            "not allowed!",
            "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
        ),
        ("username", ["x"], "Not a valid string."),
        ("username", "a\0", "Null characters are not allowed."),
        ("email", "asha", "Enter a valid email address."),
        ("email", "", "This field may not be blank."),
        ("email", "a" * 250 + "@example.com", "Ensure this field has no more than 254 characters."),
        ("email", {}, "Enter a valid email address."),
        ("first_name", "x" * 151, "Ensure this field has no more than 150 characters."),
        ("last_name", None, "This field may not be null."),
        ("password", "", "This field may not be blank."),
        ("password", "x" * 129, "Ensure this field has no more than 128 characters."),
        ("password", "tiny!7", "This password is too short. It must contain at least 8 characters."),
        ("password", "password1", "This password is too common."),
        ("password", "81204912077", "This password is entirely numeric."),
        ("password", "asha@example", "The password is too similar to the email address."),
    ],
)
def test_sign_up_bad_value(guest, name, value, message):
    answer = guest.post(USERS, {**SIGN_UP, name: value})
    assert (answer.status, list(answer.body["details"])) == (400, [name])
    assert message in answer.body[name]
    assert User.objects.count() == 0


def test_sign_up_password_too_weak_in_several_ways(guest):
    answer = guest.post(USERS, {**SIGN_UP, "password": "1234"})
    messages = [
        "This password is too short. It must contain at least 8 characters.",
        "This password is too common.",
        "This password is entirely numeric.",
    ]
    assert answer.told == (400, field_body(password=messages))


def test_password_keeps_its_spaces(guest):
    guest.post(USERS, {**SIGN_UP, "password": "  a spaced phrase  "})
    assert User.objects.get().check_password("  a spaced phrase  ")


def test_sign_up_with_emoji(guest):
    assert guest.post(USERS, {**SIGN_UP, "first_name": "Asha 🪔"}).body["first_name"] == "Asha 🪔"


def test_list_users_who(guest, shopper, staff, customer):
    make_customer(username="ravi")
    row = {
        "id": customer.user_id,
        "username": "asha",
        "email": "asha@example.com",
        "first_name": "Asha",
        "last_name": "Rao",
    }
    assert guest.get(USERS).told == UNAUTHENTICATED
    assert shopper.get(USERS).told == (200, [row])
    assert {user["username"] for user in staff.get(USERS).body} == {"meera", "asha", "ravi"}


def test_list_users_in_pages_where_asked(staff):
    make_user()
    answer = staff.get(f"{USERS}?page_size=1")
    assert (answer.body["count"], len(answer.body["results"])) == (2, 1)


def test_me(guest, shopper, customer):
    assert guest.get(ME).told == UNAUTHENTICATED
    assert shopper.get(ME).body["id"] == customer.user_id
    assert list(shopper.get(ME).body) == ["id", "username", "email", "first_name", "last_name"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_patch_me(shopper, customer, encoding):
    body = {"first_name": "Usha", "username": "other", "id": 5, "is_staff": True}
    answer = shopper.patch(ME, body, encoding)
    assert (answer.status, answer.body["first_name"], answer.body["username"]) == (200, "Usha", "asha")
    customer.user.refresh_from_db()
    assert (customer.user.first_name, customer.user.is_staff) == ("Usha", False)


def test_put_me_needs_the_email(shopper):
    assert shopper.put(ME, {"first_name": "Usha"}).told == (400, field_body(email=REQUIRED))
    answer = shopper.put(ME, {"email": "usha@example.com"})
    assert (answer.status, answer.body["email"], answer.body["first_name"]) == (
        200,
        "usha@example.com",
        "Asha",
    )


def test_patch_me_email_of_another(shopper):
    make_user(email="ravi@example.com")
    assert shopper.patch(ME, {"email": "RAVI@example.com"}).told == (400, field_body(email=EMAIL_TAKEN))


def test_patch_me_own_email_in_another_case(shopper):
    answer = shopper.patch(ME, {"email": "ASHA@example.com"})
    assert (answer.status, answer.body["email"]) == (200, "asha@example.com")


def test_patch_me_email_taken_meanwhile(shopper, monkeypatch):
    make_user(email="ravi@example.com")
    monkeypatch.setattr("api.serializers.users.is_email_taken", lambda email, except_by: False)
    assert shopper.patch(ME, {"email": "ravi@example.com"}).told == (400, field_body(email=EMAIL_TAKEN))


def test_me_keeps_its_tokens(shopper):
    shopper.patch(ME, {"first_name": "Usha"})
    assert shopper.get(ME).status == 200


def test_post_me(shopper):
    assert shopper.post(ME, {}).told == refused_method("POST")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_set_password(shopper, customer, encoding):
    body = {"current_password": PASSWORD, "new_password": "another long phrase"}
    answer = shopper.post(SET_PASSWORD, body, encoding)
    assert (answer.status, answer.content) == (204, b"")
    customer.user.refresh_from_db()
    assert customer.user.check_password("another long phrase")
    assert shopper.get(ME).status == 401
    assert sign_in(customer.user).get(ME).status == 200


def test_set_password_who(guest):
    assert guest.post(SET_PASSWORD, {}).told == UNAUTHENTICATED


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"current_password": REQUIRED, "new_password": REQUIRED}),
        (
            {"current_password": "wrong", "new_password": "another long phrase"},
            {"current_password": ["Invalid password."]},
        ),
        (
            {"current_password": PASSWORD, "new_password": "password1"},
            {"new_password": ["This password is too common."]},
        ),
        (
            {"current_password": PASSWORD, "new_password": [1]},
            {"new_password": ["Not a valid string."]},
        ),
    ],
)
def test_set_password_bad(shopper, customer, body, fields):
    assert shopper.post(SET_PASSWORD, body).told == (400, field_body(**fields))
    customer.user.refresh_from_db()
    assert customer.user.check_password(PASSWORD)


def test_get_set_password(shopper):
    assert shopper.get(SET_PASSWORD).told == refused_method("GET")


@pytest.mark.parametrize("name", ["ravi@example.com", "RAVI@Example.com"])
def test_username_is_nobodys_email(guest, name):
    make_user(username="ravi", email="ravi@example.com")
    body = {"username": name, "email": "other@example.com", "password": PASSWORD}
    assert guest.post("/auth/users/", body).told == (
        400,
        field_body(username=["A user with that username already exists."]),
    )


def test_email_is_nobodys_username(guest):
    make_user(username="ravi@example.com", email="other@example.com")
    refused = (400, field_body(email=["user with this email already exists."]))
    body = {"username": "asha", "email": "Ravi@example.com", "password": PASSWORD}
    assert guest.post("/auth/users/", body).told == refused
    asha = make_user(username="asha", email="asha@example.com")
    assert sign_in(asha).patch("/auth/users/me/", {"email": "ravi@example.com"}).told == refused


def test_username_may_be_ones_own_email(guest):
    body = {"username": "asha@example.com", "email": "asha@example.com", "password": PASSWORD}
    assert guest.post("/auth/users/", body).status == 201
    user = User.objects.get()
    assert sign_in(user).patch("/auth/users/me/", {"email": "ASHA@example.com"}).status == 200


def test_email_of_a_sign_up_on_pages_is_nobodys_username(client):
    make_user(username="ravi@example.com", email="other@example.com")
    body = {"email": "Ravi@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", body)
    assert User.objects.count() == 1
