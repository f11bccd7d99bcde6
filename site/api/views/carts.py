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
from checkout.selectors import find_items
from checkout.services import carts


def get_cart(request: Request, cart_id: uuid.UUID) -> Cart:
    """An unowned cart, or the caller's own. Raises `CartNotFound`."""
    cart = Cart.objects.reachable_by(find_customer_id(request)).filter(pk=cart_id).first()
    if cart is None:
        raise carts.CartNotFound
    return cart


def answer_cart(cart: Cart, request: Request) -> Response:
    shape = shape_cart(cart.pk, find_items(cart.pk))
    return Response(add_includes([shape], [cart], loaders=CART_INCLUDES, request=request)[0])


def get_item(cart: Cart, item_id: int) -> CartItem:
    """Raises `CartItemNotFound`."""
    item = cart.items.select_related("product__tax_class").filter(pk=item_id).first()
    if item is None:
        raise carts.CartItemNotFound
    return item


class CartsView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(request=None, responses={201: CartAnswer})
    def post(self, request: Request) -> Response:
        cart = carts.create_cart()
        return Response(shape_cart(cart.pk, []), status=status.HTTP_201_CREATED)


class CartView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses=CartAnswer)
    def get(self, request: Request, cart_id: uuid.UUID) -> Response:
        return answer_cart(get_cart(request, cart_id), request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, cart_id: uuid.UUID) -> Response:
        carts.delete_cart(cart_id=cart_id, customer_id=find_customer_id(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class MyCartView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=CartAnswer)
    def get(self, request: Request) -> Response:
        cart = carts.open_customer_cart(customer_id=get_customer(request).pk)
        return answer_cart(cart, request)


class MergeCartView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(request=MergeSerializer, responses=CartAnswer)
    def post(self, request: Request) -> Response:
        form = MergeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        cart = carts.merge_carts(**form.validated_data, customer_id=get_customer(request).pk)
        return answer_cart(cart, request)


class CartItemsView(GenericAPIView):
    permission_classes = [AllowAny]
    serializer_class = AddItemSerializer

    @extend_schema(operation_id="store_carts_items_list", responses=CartLine(many=True))
    def get(self, request: Request, cart_id: uuid.UUID) -> Response:
        items = find_items(get_cart(request, cart_id).pk)
        page = self.paginate_queryset(items)
        if page is not None:
            return self.get_paginated_response(shape_items(page))
        return Response(shape_items(items))

    @extend_schema(responses={201: AddItemSerializer})
    def post(self, request: Request, cart_id: uuid.UUID) -> Response:
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
        return Response(shape_items([get_item(get_cart(request, cart_id), item_id)])[0])

    @extend_schema(request=ChangeItemSerializer, responses=ChangeItemSerializer)
    def patch(self, request: Request, cart_id: uuid.UUID, item_id: int) -> Response:
        form = ChangeItemSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        carts.change_quantity(
            cart_id=cart_id, item_id=item_id, customer_id=find_customer_id(request), **form.validated_data
        )
        return Response(form.data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, cart_id: uuid.UUID, item_id: int) -> Response:
        carts.remove_item(cart_id=cart_id, item_id=item_id, customer_id=find_customer_id(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
