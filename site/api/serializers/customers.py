"""Shapes of customers and of the addresses they saved."""

from rest_framework import serializers

from accounts.models import Address, Customer, User
from accounts.validators import validate_phone
from api.refusals import RULES, CustomerExists
from api.serializers.orders import AddressSerializer


class CustomerSerializer(serializers.ModelSerializer):
    """What staff see and change. A profile stays with its user."""

    user_id = serializers.IntegerField(read_only=True)
    phone = serializers.CharField(max_length=20, validators=[validate_phone])

    class Meta:
        model = Customer
        fields = ["id", "user_id", "phone", "birth_date", "membership"]


class NewCustomerSerializer(CustomerSerializer):
    user_id = serializers.PrimaryKeyRelatedField(queryset=User.objects.all(), source="user")

    def validate_user_id(self, user: User) -> User:
        if Customer.objects.filter(user=user).exists():
            raise serializers.ValidationError(RULES[CustomerExists].sentence_of(CustomerExists()))
        return user

    def to_representation(self, customer: Customer) -> dict:
        return CustomerSerializer(customer).data


class ProfileSerializer(CustomerSerializer):
    """What customers change of themselves: a membership they send must be one, and is ignored."""

    def validate(self, attrs: dict) -> dict:
        if not self.context["request"].user.is_staff:
            attrs.pop("membership", None)
        return attrs


class SavedAddressSerializer(AddressSerializer, serializers.ModelSerializer):
    phone = serializers.CharField(
        max_length=20, required=False, allow_blank=True, validators=[validate_phone]
    )

    class Meta:
        model = Address
        fields = ["id", "name", "phone", "line1", "line2", "city", "state", "postal_code", "country"]
