import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.models import Cart, CartItem
from checkout.services.carts import (
    LARGEST_QUANTITY,
    CartItemNotFound,
    CartNotFound,
    ProductNotSold,
    QuantityTooLarge,
    add_to_cart,
    change_quantity,
    create_cart,
    delete_cart,
    merge_carts,
    open_customer_cart,
    remove_abandoned_carts,
    remove_item,
)
from shop.models import Product
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def lines_of(cart: Cart) -> list[tuple[int, int]]:
    return list(cart.items.order_by("pk").values_list("product_id", "quantity"))


def age(cart: Cart, **since) -> None:
    Cart.objects.filter(pk=cart.pk).update(updated_at=timezone.now() - timedelta(**since))


def test_new_cart_is_empty_and_of_nobody():
    cart = create_cart()
    assert (cart.customer, lines_of(cart), str(cart)) == (None, [], str(cart.pk))


def test_customer_has_one_cart_however_often_it_is_opened():
    customer = make_customer()
    first, second = open_customer_cart(customer_id=customer.pk), open_customer_cart(customer_id=customer.pk)
    assert first.pk == second.pk
    assert (Cart.objects.count(), first.customer_id) == (1, customer.pk)


def test_added_product_becomes_a_line():
    cart, lamp = make_cart(), make_item()
    item = add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=2)
    assert (item.cart_id, item.product_id, item.quantity) == (cart.pk, lamp.pk, 2)
    assert lines_of(cart) == [(lamp.pk, 2)]


def test_product_added_again_adds_up_in_its_line():
    lamp, rug = make_item(), make_item()
    cart = make_cart((lamp, 2), (rug, 1))
    item = add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=3)
    assert item.quantity == 5
    assert lines_of(cart) == [(lamp.pk, 5), (rug.pk, 1)]


def test_same_product_in_another_cart_is_left_alone():
    lamp = make_item()
    mine, yours = make_cart((lamp, 1)), make_cart((lamp, 4))
    add_to_cart(cart_id=mine.pk, product_id=lamp.pk, quantity=1)
    assert (lines_of(mine), lines_of(yours)) == ([(lamp.pk, 2)], [(lamp.pk, 4)])


def test_more_than_the_stock_may_be_put_in():
    lamp = make_item(inventory=0)
    assert lines_of(make_cart((lamp, 50))) == [(lamp.pk, 50)]


@pytest.mark.parametrize("quantity", [0, -1, LARGEST_QUANTITY + 1])
def test_added_quantity_outside_its_bounds_is_refused(quantity):
    cart = make_cart()
    with pytest.raises(QuantityTooLarge):
        add_to_cart(cart_id=cart.pk, product_id=make_item().pk, quantity=quantity)
    assert lines_of(cart) == []


def test_line_may_grow_to_the_largest_quantity_and_no_further():
    lamp = make_item()
    cart = make_cart((lamp, LARGEST_QUANTITY - 1))
    add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=1)
    with pytest.raises(QuantityTooLarge, match="at most 100,000 of one product"):
        add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=1)
    assert lines_of(cart) == [(lamp.pk, LARGEST_QUANTITY)]


def test_product_that_is_not_sold_is_not_added():
    cart, draft = make_cart(), make_item(is_live=False)
    for product_id in (draft.pk, 987654):
        with pytest.raises(ProductNotSold):
            add_to_cart(cart_id=cart.pk, product_id=product_id, quantity=1)
    assert lines_of(cart) == []


def test_unknown_cart_takes_nothing():
    with pytest.raises(CartNotFound):
        add_to_cart(cart_id=uuid.uuid4(), product_id=make_item().pk, quantity=1)
    assert CartItem.objects.count() == 0


def test_cart_of_a_customer_is_not_found_by_others():
    owner, other, lamp = make_customer(), make_customer(), make_item()
    cart = make_cart((lamp, 1), customer=owner)
    item = cart.items.get()
    for stranger in (None, other.pk):
        with pytest.raises(CartNotFound):
            add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=1, customer_id=stranger)
        with pytest.raises(CartItemNotFound):
            change_quantity(cart_id=cart.pk, item_id=item.pk, quantity=9, customer_id=stranger)
        with pytest.raises(CartItemNotFound):
            remove_item(cart_id=cart.pk, item_id=item.pk, customer_id=stranger)
        with pytest.raises(CartNotFound):
            delete_cart(cart_id=cart.pk, customer_id=stranger)
    assert lines_of(cart) == [(lamp.pk, 1)]


def test_signed_in_customer_may_use_a_cart_of_nobody():
    cart, lamp = make_cart(), make_item()
    add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=1, customer_id=make_customer().pk)
    assert lines_of(cart) == [(lamp.pk, 1)]


def test_quantity_is_set_to_what_was_typed():
    lamp = make_item()
    cart = make_cart((lamp, 5))
    change_quantity(cart_id=cart.pk, item_id=cart.items.get().pk, quantity=2)
    assert lines_of(cart) == [(lamp.pk, 2)]


def test_owner_changes_and_removes_their_lines():
    owner, lamp = make_customer(), make_item()
    cart = make_cart((lamp, 5), customer=owner)
    item = cart.items.get()
    change_quantity(cart_id=cart.pk, item_id=item.pk, quantity=2, customer_id=owner.pk)
    assert lines_of(cart) == [(lamp.pk, 2)]
    remove_item(cart_id=cart.pk, item_id=item.pk, customer_id=owner.pk)
    assert lines_of(cart) == []


def test_quantity_of_nothing_removes_the_line():
    lamp, rug = make_item(), make_item()
    cart = make_cart((lamp, 5), (rug, 1))
    change_quantity(cart_id=cart.pk, item_id=cart.items.get(product=lamp).pk, quantity=0)
    assert lines_of(cart) == [(rug.pk, 1)]


def test_quantity_beyond_the_largest_is_refused():
    cart = make_full_cart()
    item = cart.items.get()
    change_quantity(cart_id=cart.pk, item_id=item.pk, quantity=LARGEST_QUANTITY)
    with pytest.raises(QuantityTooLarge):
        change_quantity(cart_id=cart.pk, item_id=item.pk, quantity=LARGEST_QUANTITY + 1)
    assert cart.items.get().quantity == LARGEST_QUANTITY


@pytest.mark.parametrize("quantity", [0, 3])
def test_line_of_another_cart_is_not_changed(quantity):
    mine, yours = make_full_cart(), make_full_cart(quantity=4)
    with pytest.raises(CartItemNotFound):
        change_quantity(cart_id=mine.pk, item_id=yours.items.get().pk, quantity=quantity)
    assert yours.items.get().quantity == 4


def test_removed_line_is_gone_and_not_found_again():
    lamp, rug = make_item(), make_item()
    cart = make_cart((lamp, 5), (rug, 1))
    item = cart.items.get(product=lamp)
    remove_item(cart_id=cart.pk, item_id=item.pk)
    assert lines_of(cart) == [(rug.pk, 1)]
    with pytest.raises(CartItemNotFound):
        remove_item(cart_id=cart.pk, item_id=item.pk)


def test_deleted_cart_takes_its_lines_along():
    cart, other = make_full_cart(2), make_full_cart()
    delete_cart(cart_id=cart.pk)
    assert list(Cart.objects.all()) == [other]
    assert CartItem.objects.count() == 1
    with pytest.raises(CartNotFound):
        delete_cart(cart_id=cart.pk)


def test_merged_cart_adds_up_and_is_consumed():
    customer, lamp, rug = make_customer(), make_item(), make_item()
    own = make_cart((lamp, 1), customer=customer)
    guest = make_cart((lamp, 2), (rug, 3))
    merged = merge_carts(cart_id=guest.pk, customer_id=customer.pk)
    assert merged.pk == own.pk
    assert lines_of(own) == [(lamp.pk, 3), (rug.pk, 3)]
    assert list(Cart.objects.all()) == [own]


def test_merged_cart_becomes_the_first_of_a_customer_without_one():
    customer, lamp = make_customer(), make_item()
    merged = merge_carts(cart_id=make_cart((lamp, 2)).pk, customer_id=customer.pk)
    assert merged.customer_id == customer.pk
    assert lines_of(merged) == [(lamp.pk, 2)]


def test_merged_lines_stop_at_the_largest_quantity():
    customer, lamp, rug = make_customer(), make_item(), make_item()
    own = make_cart((lamp, LARGEST_QUANTITY - 1), customer=customer)
    merge_carts(cart_id=make_cart((lamp, 5), (rug, 1)).pk, customer_id=customer.pk)
    assert lines_of(own) == [(lamp.pk, LARGEST_QUANTITY), (rug.pk, 1)]


def test_merged_cart_keeps_products_that_are_no_longer_sold():
    customer, lamp = make_customer(), make_item()
    guest = make_cart((lamp, 2))
    Product.objects.filter(pk=lamp.pk).update(is_live=False)
    assert lines_of(merge_carts(cart_id=guest.pk, customer_id=customer.pk)) == [(lamp.pk, 2)]


def test_cart_is_merged_once():
    customer, guest = make_customer(), make_full_cart()
    merge_carts(cart_id=guest.pk, customer_id=customer.pk)
    with pytest.raises(CartNotFound):
        merge_carts(cart_id=guest.pk, customer_id=customer.pk)
    assert CartItem.objects.get().quantity == 1


def test_cart_of_a_customer_is_never_merged():
    owner, thief = make_customer(), make_customer()
    cart = make_full_cart(customer=owner)
    for customer in (owner, thief):
        with pytest.raises(CartNotFound):
            merge_carts(cart_id=cart.pk, customer_id=customer.pk)
    assert cart.items.count() == 1


def test_abandoned_carts_are_cleaned_away_with_their_lines():
    old, fresh = make_full_cart(2), make_full_cart()
    age(old, days=7, minutes=1)
    age(fresh, days=6, hours=23)
    assert remove_abandoned_carts() == 1
    assert list(Cart.objects.all()) == [fresh]
    assert CartItem.objects.count() == 1


def test_all_abandoned_carts_are_cleaned_away_in_small_transactions(monkeypatch, count_queries):
    monkeypatch.setattr("checkout.services.carts.CLEANED_AT_ONCE", 2)
    for _ in range(5):
        age(make_full_cart(), days=8)
    with count_queries() as counted:
        assert remove_abandoned_carts() == 5
    assert Cart.objects.count() == 0
    assert sum("LIMIT 2" in statement for statement in counted.statements) == 4


def test_cart_of_a_customer_is_kept_however_old():
    cart = make_full_cart(customer=make_customer())
    age(cart, days=400)
    assert remove_abandoned_carts() == 0
    assert Cart.objects.filter(pk=cart.pk).exists()


def test_cart_that_is_used_again_is_not_abandoned():
    cart = make_full_cart()
    age(cart, days=8)
    add_to_cart(cart_id=cart.pk, product_id=make_item().pk, quantity=1)
    assert remove_abandoned_carts() == 0
    assert cart.items.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_adding_takes_three_queries_however_full_the_cart(count, count_queries):
    cart, lamp = make_full_cart(count), make_item()
    with count_queries(3):
        add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=1)
    with count_queries(3):
        add_to_cart(cart_id=cart.pk, product_id=lamp.pk, quantity=1)
    assert cart.items.get(product=lamp).quantity == 2
