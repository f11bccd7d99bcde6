from drf_spectacular.utils import extend_schema
from rest_framework.generics import (
    GenericAPIView,
    ListCreateAPIView,
    RetrieveUpdateAPIView,
    RetrieveUpdateDestroyAPIView,
    get_object_or_404,
)
from rest_framework.permissions import IsAdminUser, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.models import Address, Customer
from accounts.services.customers import (
    change_address,
    change_customer,
    create_address,
    create_customer,
    delete_address,
    delete_customer,
)
from api.includes.orders import shape_orders
from api.lists import answer_list
from api.parameters import ORDER_PARAMETERS
from api.permissions import MayViewHistory
from api.principals import find_addresses, get_customer
from api.serializers.answers import OrderAnswer
from api.serializers.customers import (
    CustomerSerializer,
    NewCustomerSerializer,
    ProfileSerializer,
    SavedAddressSerializer,
)
from checkout.models import Order


class CustomersView(ListCreateAPIView):
    """Staff see and add profiles; a user has one at most."""

    permission_classes = [IsAdminUser]
    queryset = Customer.objects.order_by("pk")

    def get_serializer_class(self) -> type[Serializer]:
        return NewCustomerSerializer if self.request.method == "POST" else CustomerSerializer

    def perform_create(self, serializer: Serializer) -> None:
        profile = dict(serializer.validated_data)
        serializer.instance = create_customer(user_id=profile.pop("user").pk, **profile)


class CustomerView(RetrieveUpdateDestroyAPIView):
    """For staff. Membership is the loyalty tier: bronze, silver or gold."""

    permission_classes = [IsAdminUser]
    serializer_class = CustomerSerializer
    queryset = Customer.objects.all()

    def perform_update(self, serializer: Serializer) -> None:
        change_customer(customer=serializer.instance, **serializer.validated_data)

    def perform_destroy(self, instance: Customer) -> None:
        delete_customer(customer=instance)


class MyCustomerView(RetrieveUpdateAPIView):
    """The caller's own profile. POST means the same as PUT."""

    permission_classes = [IsAuthenticated]
    serializer_class = ProfileSerializer

    def get_object(self) -> Customer:
        return get_customer(self.request)

    def perform_update(self, serializer: Serializer) -> None:
        change_customer(customer=serializer.instance, **serializer.validated_data)

    def post(self, request: Request) -> Response:
        return self.put(request)


class CustomerHistoryView(GenericAPIView):
    """A customer's orders, newest first."""

    permission_classes = [IsAdminUser, MayViewHistory]
    serializer_class = OrderAnswer

    @extend_schema(
        operation_id="store_customers_history_list",
        parameters=ORDER_PARAMETERS,
        responses=OrderAnswer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        customer = get_object_or_404(Customer, pk=pk)
        orders = Order.objects.visible().filter(customer=customer).prefetch_related("items")
        return answer_list(self, orders, lambda page: shape_orders(page, request))


class AddressesView(ListCreateAPIView):
    """The caller's saved addresses, newest first."""

    permission_classes = [IsAuthenticated]
    serializer_class = SavedAddressSerializer

    def get_queryset(self):
        return find_addresses(self.request)

    def perform_create(self, serializer: Serializer) -> None:
        customer = get_customer(self.request)
        serializer.instance = create_address(customer_id=customer.pk, **serializer.validated_data)


class AddressView(RetrieveUpdateDestroyAPIView):
    """One of the caller's saved addresses; orders keep a copy of theirs."""

    permission_classes = [IsAuthenticated]
    serializer_class = SavedAddressSerializer

    def get_queryset(self):
        return find_addresses(self.request)

    def perform_update(self, serializer: Serializer) -> None:
        change_address(address=serializer.instance, **serializer.validated_data)

    def perform_destroy(self, instance: Address) -> None:
        delete_address(address=instance)
