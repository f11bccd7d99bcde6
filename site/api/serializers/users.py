"""Shapes of users."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from accounts.models import User
from accounts.services.passwords import find_user_of_link
from accounts.services.sign_in import WrongPassword, confirm_password
from accounts.services.users import is_email_taken, is_username_taken
from api.refusals import RULES, EmailTaken, UsernameTaken
from api.throttling import find_password_limits

LONGEST_PASSWORD = 128


def check_password_rules(password: str, *, user: User, field: str) -> None:
    """Django's password validators, their messages under the field."""
    try:
        validate_password(password, user=user)
    except DjangoValidationError as error:
        raise serializers.ValidationError({field: error.messages}) from error


class UserSerializer(serializers.ModelSerializer):
    """What users may read and change of themselves."""

    email = serializers.EmailField(max_length=254)

    class Meta:
        model = User
        fields = ["id", "username", "email", "first_name", "last_name"]
        read_only_fields = ["username"]

    def validate_email(self, email: str) -> str:
        if is_email_taken(email, except_by=self.instance):
            raise serializers.ValidationError(RULES[EmailTaken].sentence)
        return email


class SignUpSerializer(UserSerializer):
    username = serializers.CharField(max_length=150, validators=[User.username_validator])
    password = serializers.CharField(write_only=True, max_length=LONGEST_PASSWORD, trim_whitespace=False)

    class Meta(UserSerializer.Meta):
        fields = [*UserSerializer.Meta.fields, "password"]
        read_only_fields: list[str] = []

    def validate_username(self, username: str) -> str:
        if is_username_taken(username):
            raise serializers.ValidationError(RULES[UsernameTaken].sentence)
        return username

    def validate(self, attrs: dict) -> dict:
        person = User(**{name: value for name, value in attrs.items() if name != "password"})
        check_password_rules(attrs["password"], user=person, field="password")
        return attrs


class CurrentPasswordSerializer(serializers.Serializer):
    """Asked for where the token alone shall not be enough."""

    current_password = serializers.CharField(
        write_only=True, max_length=LONGEST_PASSWORD, trim_whitespace=False
    )

    def validate_current_password(self, password: str) -> str:
        request, view = self.context["request"], self.context["view"]
        try:
            confirm_password(user=request.user, password=password, limits=find_password_limits(request, view))
        except WrongPassword as error:
            raise serializers.ValidationError(str(error)) from error
        return password


class SetPasswordSerializer(CurrentPasswordSerializer):
    new_password = serializers.CharField(write_only=True, max_length=LONGEST_PASSWORD, trim_whitespace=False)

    def validate(self, attrs: dict) -> dict:
        check_password_rules(attrs["new_password"], user=self.context["request"].user, field="new_password")
        return attrs


class ResetPasswordSerializer(serializers.Serializer):
    email = serializers.EmailField(write_only=True, max_length=254)


class ConfirmResetSerializer(serializers.Serializer):
    """`uid` and `token` stand in the mailed link: …/key/{uid}-{token}/."""

    uid = serializers.CharField(write_only=True, max_length=20)
    token = serializers.CharField(write_only=True, max_length=100)
    new_password = serializers.CharField(write_only=True, max_length=LONGEST_PASSWORD, trim_whitespace=False)

    def validate(self, attrs: dict) -> dict:
        user = find_user_of_link(uid=attrs["uid"], token=attrs["token"])
        check_password_rules(attrs["new_password"], user=user, field="new_password")
        return attrs
