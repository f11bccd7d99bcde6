import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.includes.asking import add_includes
from api.includes.carts import CART_INCLUDES
from api.lists import answer_list
from api.parameters import CART_PARAMETERS
from api.principals import find_customer_id, get_customer
from api.serializers.answers import CartAnswer, CartLine
from api.serializers.carts import (
    AddItemSerializer,
    ChangeItemSerializer,
    MergeSerializer,
    shape_cart,
    shape_items,
)
from checkout.models import Cart, CartItem
from checkout.selectors.carts import find_items
from checkout.services import carts


def get_cart(request: Request, cart_id: uuid.UUID) -> Cart:
    """An unowned cart, or the caller's own. Raises `CartNotFound`."""
    cart = Cart.objects.reachable_by(find_customer_id(request)).filter(pk=cart_id).first()
    if cart is None:
        raise carts.CartNotFound
    return cart


def shape_asked_cart(cart: Cart, items: list[CartItem], request: Request) -> dict:
    shape = shape_cart(cart.pk, items)
    return add_includes([shape], [cart], loaders=CART_INCLUDES, request=request)[0]


def answer_cart(cart: Cart, request: Request) -> Response:
    return Response(shape_asked_cart(cart, find_items(cart.pk), request))


def get_item(cart: Cart, item_id: int) -> CartItem:
    """Raises `CartItemNotFound`."""
    item = cart.items.select_related("product__tax_class").filter(pk=item_id).first()
    if item is None:
        raise carts.CartItemNotFound
    return item


class CartsView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(parameters=CART_PARAMETERS, request=None, responses={201: CartAnswer})
    def post(self, request: Request) -> Response:
        """An empty cart that belongs to nobody: its id is the key to it."""
        cart = carts.create_cart()
        return Response(shape_asked_cart(cart, [], request), status=status.HTTP_201_CREATED)


class CartView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(parameters=CART_PARAMETERS, responses=CartAnswer)
    def get(self, request: Request, cart_id: uuid.UUID) -> Response:
        """Prices are today's. Somebody else's own cart is not found."""
        return answer_cart(get_cart(request, cart_id), request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, cart_id: uuid.UUID) -> Response:
        """Its lines go with it."""
        carts.delete_cart(cart_id=cart_id, customer_id=find_customer_id(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class MyCartView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(parameters=CART_PARAMETERS, responses=CartAnswer)
    def get(self, request: Request) -> Response:
        """The one cart that the shop's pages show you too; made where there is none."""
        cart = carts.open_customer_cart(customer_id=get_customer(request).pk)
        return answer_cart(cart, request)


class MergeCartView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(parameters=CART_PARAMETERS, request=MergeSerializer, responses=CartAnswer)
    def post(self, request: Request) -> Response:
        """What you gathered before signing in: its lines join those of your own cart, and it is gone."""
        form = MergeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        cart = carts.merge_carts(**form.validated_data, customer_id=get_customer(request).pk)
        return answer_cart(cart, request)


class CartItemsView(GenericAPIView):
    permission_classes = [AllowAny]
    serializer_class = AddItemSerializer

    @extend_schema(operation_id="store_carts_items_list", responses=CartLine(many=True))
    def get(self, request: Request, cart_id: uuid.UUID) -> Response:
        """In the order they were put in."""
        return answer_list(self, find_items(get_cart(request, cart_id).pk), shape_items)

    @extend_schema(responses={201: AddItemSerializer})
    def post(self, request: Request, cart_id: uuid.UUID) -> Response:
        """The same product adds up in the same line. More than the stock is refused when you order, not here."""
        form = AddItemSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        item = carts.add_to_cart(
            cart_id=cart_id, customer_id=find_customer_id(request), **form.validated_data
        )
        return Response(AddItemSerializer(item).data, status=status.HTTP_201_CREATED)


class CartItemView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses=CartLine)
    def get(self, request: Request, cart_id: uuid.UUID, item_id: int) -> Response:
        """With today's price."""
        return Response(shape_items([get_item(get_cart(request, cart_id), item_id)])[0])

    @extend_schema(request=ChangeItemSerializer, responses=ChangeItemSerializer)
    def patch(self, request: Request, cart_id: uuid.UUID, item_id: int) -> Response:
        """The quantity is the new one, not what is added."""
        form = ChangeItemSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        carts.change_quantity(
            cart_id=cart_id, item_id=item_id, customer_id=find_customer_id(request), **form.validated_data
        )
        return Response(form.data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, cart_id: uuid.UUID, item_id: int) -> Response:
        """The cart stays, also where it was the last one."""
        carts.remove_item(cart_id=cart_id, item_id=item_id, customer_id=find_customer_id(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
