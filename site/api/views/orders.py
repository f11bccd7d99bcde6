from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, IsAdminUser, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.idempotency import idempotent
from api.includes.orders import shape_orders
from api.lists import answer_list
from api.parameters import ORDER_PARAMETERS
from api.principals import find_addresses, find_customer_id, get_customer
from api.serializers.answers import GuestOrderAnswer, OrderAnswer
from api.serializers.orders import (
    AddressSerializer,
    PaymentStatusSerializer,
    PlaceGuestOrderSerializer,
    PlaceOrderSerializer,
)
from checkout.attempts import limit_attempts
from checkout.models import Order
from checkout.selectors.orders import find_order_by_token, make_order_token
from checkout.services.businesses import InvalidBusiness, read_business
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import CartNotFound
from checkout.services.expiry import cancel_order
from checkout.services.orders import find_order_of_request, place_order
from checkout.services.staff import hide_order, set_payment_status

NO_CART = "No cart with the given ID was found"
NO_ORDER = "No Order matches the given query."
NO_ADDRESS = "No address with the given ID was found"
LONGEST_NAME = 150


def find_orders(request: Request):
    """The caller's own; staff see all."""
    orders = Order.objects.visible().prefetch_related("items")
    return orders if request.user.is_staff else orders.filter(customer=find_customer_id(request) or 0)


def place(request: Request, form: PlaceOrderSerializer, buyer: Buyer, idempotency_key: str | None) -> Order:
    """Call the service; here the cart stands in the body, so a missing one is an error of its field."""
    cart_id = form.validated_data["cart_id"]
    wishes = read_wishes(form.validated_data)
    try:
        with limit_attempts(request, code=wishes.coupon):
            return place_order(
                cart_id=cart_id,
                buyer=buyer,
                wishes=wishes,
                now=timezone.now(),
                idempotency_key=idempotency_key,
            )
    except CartNotFound as error:
        raise ValidationError({"cart_id": [NO_CART]}) from error


def read_saved_address(request: Request, address_id: int) -> dict[str, str]:
    """A copy of one of the caller's saved addresses."""
    lines = AddressSerializer().get_fields()
    address = find_addresses(request).filter(pk=address_id).values(*lines).first()
    if address is None:
        raise ValidationError({"address_id": [NO_ADDRESS]})
    return address


def read_wishes(data: dict) -> Wishes:
    """What the buyer chose beside the goods."""
    return Wishes(
        coupon=data.get("coupon", ""),
        delivery=data.get("delivery", ""),
        payment_method=data["payment_method"],
    )


def read_contact(data: dict, address: dict[str, str] | None) -> dict[str, str]:
    """Address, phone, note and business as the service takes them; the address's own phone yields to the order's."""
    contact = dict(address or {})
    for name in ("phone", "note"):
        if data.get(name):
            contact[name] = data[name]
    return contact | check_business(data, state=contact.get("state", ""))


def check_business(data: dict, *, state: str) -> dict[str, str]:
    try:
        return read_business(company=data.get("company", ""), gstin=data.get("gstin", ""), state=state)
    except InvalidBusiness as error:
        raise ValidationError({error.field: [str(error)]}) from error


class OrdersView(GenericAPIView):
    permission_classes = [IsAuthenticated]
    serializer_class = PlaceOrderSerializer

    def get_queryset(self):
        return find_orders(self.request)

    @extend_schema(
        operation_id="store_orders_list", parameters=ORDER_PARAMETERS, responses=OrderAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Newest first; staff see everybody's."""
        return answer_list(self, self.get_queryset(), lambda page: shape_orders(page, request))

    @extend_schema(parameters=ORDER_PARAMETERS, responses={200: OrderAnswer})
    @idempotent
    def post(self, request: Request, *, idempotency_key: str | None) -> Response:
        """The cart becomes an order, and its stock is held for you until it is paid or expires.

        Without enough stock nothing changes and 409 names the products. Two posts of one cart make one order.
        """
        order = find_order_of_request(idempotency_key) or self.place(request, idempotency_key)
        return Response(shape_orders([order], request)[0])

    def place(self, request: Request, idempotency_key: str | None) -> Order:
        form = PlaceOrderSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        customer = get_customer(request)
        contact = read_contact(form.validated_data, self.read_address(form.validated_data))
        contact["name"] = contact.get("name") or request.user.get_full_name()[:LONGEST_NAME]
        contact["phone"] = contact.get("phone") or customer.phone
        email = form.validated_data.get("email") or request.user.email
        buyer = Buyer(email=email, customer_id=customer.pk, user_id=request.user.pk, **contact)
        return place(request, form, buyer, idempotency_key)

    def read_address(self, data: dict) -> dict[str, str] | None:
        if "address_id" in data:
            return read_saved_address(self.request, data["address_id"])
        return data.get("address")


class OrderView(APIView):
    def get_permissions(self):
        kind = IsAdminUser if self.request.method in ("PATCH", "DELETE") else IsAuthenticated
        return [kind()]

    @extend_schema(parameters=ORDER_PARAMETERS, responses=OrderAnswer)
    def get(self, request: Request, order_id: int) -> Response:
        """Nothing it shows changes when the catalogue does."""
        order = get_object_or_404(find_orders(request), pk=order_id)
        return Response(shape_orders([order], request)[0])

    @extend_schema(request=PaymentStatusSerializer, responses=PaymentStatusSerializer)
    def patch(self, request: Request, order_id: int) -> Response:
        """For staff. `C` records money that came another way, `F` cancels an unpaid order.

        What the order's present status does not allow is 409.
        """
        order = get_object_or_404(find_orders(request), pk=order_id)
        form = PaymentStatusSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        order = set_payment_status(order_id=order.pk, user=request.user, **form.validated_data)
        return Response({"payment_status": order.payment_status.value})

    @extend_schema(responses={204: None})
    def delete(self, request: Request, order_id: int) -> Response:
        """For staff. An unpaid order gives its stock back, once; one that took money is 409."""
        order = get_object_or_404(find_orders(request), pk=order_id)
        hide_order(order_id=order.pk, user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CancelOrderView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(parameters=ORDER_PARAMETERS, request=None, responses=OrderAnswer)
    def post(self, request: Request, order_id: int) -> Response:
        """While it is unpaid. The stock goes back on the shelf."""
        order = get_object_or_404(find_orders(request), pk=order_id)
        why = "Cancelled by staff" if request.user.is_staff else "Cancelled by the customer"
        order = cancel_order(order_id=order.pk, why=why, at=timezone.now(), by_id=request.user.pk)
        return Response(shape_orders([order], request)[0])


class GuestOrdersView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        parameters=ORDER_PARAMETERS, request=PlaceGuestOrderSerializer, responses={200: GuestOrderAnswer}
    )
    @idempotent
    def post(self, request: Request, *, idempotency_key: str | None) -> Response:
        """As a customer orders, with address and email. `token`, mailed as well, opens the order and pays for it.

        Keep it: it is not shown again.
        """
        order = find_order_of_request(idempotency_key) or self.place(request, idempotency_key)
        return Response({**shape_orders([order], request)[0], "token": make_order_token(order)})

    def make_secret(self, effect_key: str) -> str:
        """The token of the order that a request with this key has placed; empty where it placed none."""
        order = find_order_of_request(effect_key)
        return make_order_token(order) if order else ""

    def place(self, request: Request, idempotency_key: str | None) -> Order:
        form = PlaceGuestOrderSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        buyer = Buyer(
            email=form.validated_data["email"],
            **read_contact(form.validated_data, form.validated_data["address"]),
        )
        return place(request, form, buyer, idempotency_key)


class GuestOrderView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(parameters=ORDER_PARAMETERS, responses=OrderAnswer)
    def get(self, request: Request, token: str) -> Response:
        """By the token that placing it gave."""
        order = find_order_by_token(token)
        if order is None:
            raise Http404(NO_ORDER)
        return Response(shape_orders([order], request)[0])
