"""`?include=`: richer answers on request; the default shapes never grow."""

from decimal import Decimal

import pytest

from accounts.models import User
from checkout.models import OrderTransition
from shop.models import Like, Review
from tests.api.wire import sign_in
from tests.factories.carts import make_cart
from tests.factories.catalogue import (
    make_collection,
    make_item,
    make_picture,
    make_product,
    make_variant,
    page_of,
    warm_settings,
)
from tests.factories.orders import ADDRESS, make_order, make_order_in, make_paid_order
from tests.factories.users import make_admin, make_customer, make_user

pytestmark = pytest.mark.django_db

PRODUCT_NAMES = "sku,page,variants,tags,rating,likes,collection_detail"
ORDER_NAMES = "lines_detail,payments,shipments,status,number"


def included(api, path: str, name: str):
    answer = api.get(f"{path}?include={name}")
    assert answer.status == 200, answer.content
    return answer.body[name]


def path_of(product) -> str:
    return f"/store/products/{product.pk}/"


def test_include_sku(guest):
    assert included(guest, path_of(make_item(sku="H-1")), "sku") == "H-1"


def test_include_page(guest):
    product = make_product(title="Brass lamp", collection=make_collection(title="Lamps"))
    page = page_of(product)
    page.seo_title, page.search_description = "Lamp of brass", "Made by hand"
    page.save_revision().publish()
    page = page_of(product)
    expected = {
        "id": page.pk,
        "url": "http://testserver/lamps/brass-lamp/",
        "seo_title": "Lamp of brass",
        "search_description": "Made by hand",
        "last_published_at": page.last_published_at.isoformat().replace("+00:00", "Z"),
    }
    assert included(guest, path_of(product), "page") == expected
    assert included(guest, path_of(make_variant(product)), "page") == expected
    assert included(guest, path_of(make_item()), "page") is None


def test_include_variants(guest):
    lead = make_product(title="Kurta")
    small = make_variant(
        lead, unit_price="120.00", inventory=3, sku="K-S", options={"Size": "S", "Colour": "Red"}
    )
    make_variant(lead, unit_price="0.00")
    shape = {
        "id": small.pk,
        "sku": "K-S",
        "title": "Kurta, S, Red",
        "options": {"Size": "S", "Colour": "Red"},
        "inventory": 3,
        "unit_price": 120,
        "price_with_tax": 132,
    }
    assert included(guest, path_of(lead), "variants") == [shape]
    assert included(guest, path_of(small), "variants") == []
    large = make_variant(lead)
    assert included(guest, path_of(large), "variants") == [shape]


def test_include_tags(guest):
    product = make_item(tags=("Wool", "Made by hand"))
    expected = [{"name": "Made by hand", "slug": "made-by-hand"}, {"name": "Wool", "slug": "wool"}]
    assert included(guest, path_of(product), "tags") == expected
    assert included(guest, path_of(make_item()), "tags") == []


def test_include_rating(guest):
    product = make_item()
    for rating, approved in ((5, True), (4, True), (4, True), (None, True), (1, False)):
        Review.objects.create(product=product, name="A", description="B", rating=rating, is_approved=approved)
    expected = {"average": Decimal("4.3"), "count": 4}
    assert included(guest, path_of(product), "rating") == expected
    assert included(guest, path_of(make_item(variant_of=product)), "rating") == expected
    assert included(guest, path_of(make_item()), "rating") == {"average": None, "count": 0}


def test_include_likes(guest):
    product = make_item()
    for _ in range(2):
        Like.objects.create(user=make_user(), product=product)
    assert included(guest, path_of(product), "likes") == 2
    assert included(guest, path_of(make_item()), "likes") == 0


def test_include_collection_detail(guest):
    product = make_item()
    expected = {"id": product.collection_id, "title": "Shelf", "products_count": 1}
    assert included(guest, path_of(product), "collection_detail") == expected


def test_include_several_in_the_order_of_the_contract(guest):
    product = make_item()
    answer = guest.get(f"{path_of(product)}?include=likes,%20sku&include=tags")
    assert list(answer.body)[9:] == ["sku", "tags", "likes"]


@pytest.mark.parametrize("names", ["", ",", "nothing", "price", "password,__class__", "%00"])
def test_include_unknown_names_are_ignored(guest, names):
    product = make_item()
    plain = guest.get(path_of(product)).body
    assert guest.get(f"{path_of(product)}?include={names}").body == plain
    assert guest.get(f"/store/products/?include={names}").body["results"] == [plain]


@pytest.mark.parametrize("rows", [1, 3])
def test_include_everything_queries(guest, rows, count_queries):
    for _ in range(rows):
        lead = make_product(pictures=[make_picture()], tags=("Wool",))
        make_variant(lead)
        Review.objects.create(product=lead, name="A", description="B", rating=5)
    guest.get(f"/store/products/?include={PRODUCT_NAMES}")
    with count_queries(11) as counted:
        answer = guest.get(f"/store/products/?include={PRODUCT_NAMES}")
    assert (len(answer.body["results"]), len(counted)) == (rows, 11)


def test_facets(guest):
    lamps, rugs = make_collection(title="Lamps"), make_collection(title="Rugs")
    make_item(title="Red lamp", collection=lamps, unit_price="10.00", tags=("Wool", "Red"))
    make_item(title="Red rug", collection=rugs, unit_price="30.00", inventory=0, tags=("Red",))
    make_item(title="Blue rug", collection=rugs, unit_price="90.00", tags=("Blue",))
    answer = guest.get("/store/products/?search=red&include=facets&page_size=1")
    assert (answer.body["count"], list(answer.body)[-1]) == (2, "facets")
    assert answer.body["facets"] == {
        "collections": [
            {"id": lamps.pk, "title": "Lamps", "count": 1},
            {"id": rugs.pk, "title": "Rugs", "count": 1},
        ],
        "tags": [{"name": "Red", "slug": "red", "count": 2}, {"name": "Wool", "slug": "wool", "count": 1}],
        "in_stock": 1,
        "unit_price": {"min": 10, "max": 30},
    }


def test_facets_of_nothing(guest):
    answer = guest.get("/store/products/?search=nothing&include=facets")
    nothing = {"collections": [], "tags": [], "in_stock": 0, "unit_price": {"min": None, "max": None}}
    assert answer.body["facets"] == nothing


def test_facets_only_where_asked(guest):
    make_item(title="Red lamp")
    assert "facets" not in guest.get("/store/products/?search=red").body
    assert "facets" not in guest.get(f"{path_of(make_item())}?include=facets").body


def test_cart_include_lines_detail(guest):
    picture = make_picture()
    product = make_product(title="Lamp", unit_price="100.00", inventory=1, pictures=[picture])
    cart = make_cart((product, 2))
    assert included(guest, f"/store/carts/{cart.pk}/", "lines_detail") == [
        {
            "id": cart.items.get().pk,
            "product_id": product.pk,
            "title": "Lamp",
            "url": f"http://testserver/p/{product.pk}/",
            "image": f"http://testserver{picture.file.url}",
            "price_with_tax": 110,
            "quantity": 2,
            "total_with_tax": 220,
            "available": 1,
            "problem": "Only 1 left. Please choose a smaller quantity.",
        }
    ]


def test_my_cart_include(shopper, customer):
    make_cart((make_item(), 1), customer=customer)
    assert len(included(shopper, "/store/carts/mine/", "lines_detail")) == 1


def test_order_include_lines_detail(shopper, customer):
    product = make_item(title="Lamp", unit_price="71.88", sku="L-1", hsn_code="9405")
    order = make_order((product, 2), customer=customer)
    assert included(shopper, f"/store/orders/{order.pk}/", "lines_detail") == [
        {
            "id": order.items.get().pk,
            "product_id": product.pk,
            "title": "Lamp",
            "sku": "L-1",
            "hsn_code": "9405",
            "unit_price": Decimal("71.88"),
            "tax_rate": 10,
            "price_with_tax": Decimal("79.07"),
            "quantity": 2,
            "total_with_tax": Decimal("158.14"),
        }
    ]


def test_order_include_payments(shopper, customer):
    order = make_paid_order(customer=customer)
    payment = order.payments.get()
    told = included(shopper, f"/store/orders/{order.pk}/", "payments")
    assert [(row["id"], row["provider_id"], row["status"], row["amount"]) for row in told] == [
        (payment.pk, payment.provider_id, "captured", order.total)
    ]
    assert (told[0]["provider"], told[0]["method"], told[0]["currency"]) == ("razorpay", "upi", "INR")
    assert told[0]["captured_at"].endswith("Z")
    assert included(shopper, f"/store/orders/{make_order(customer=customer).pk}/", "payments") == []


def test_order_include_shipments(shopper, customer):
    order = make_order_in("fulfilled", customer=customer)
    at = OrderTransition.objects.get(order=order, to_status="fulfilled").at
    shipped = [{"shipped_at": at.isoformat().replace("+00:00", "Z")}]
    assert included(shopper, f"/store/orders/{order.pk}/", "shipments") == shipped


def test_order_include_status_and_number(shopper, customer):
    order = make_order(customer=customer)
    answer = shopper.get(f"/store/orders/{order.pk}/?include=number,status,unknown")
    assert list(answer.body.items())[5:] == [("status", "placed"), ("number", str(order.pk))]
    assert list(shopper.get(f"/store/orders/{order.pk}/").body)[5:] == []


def test_order_include_in_lists_and_pages(shopper, customer):
    make_order(customer=customer)
    assert shopper.get("/store/orders/?include=status").body[0]["status"] == "placed"
    assert shopper.get("/store/orders/?include=status&page=1").body["results"][0]["status"] == "placed"


@pytest.mark.parametrize("rows", [1, 3])
def test_order_list_include_everything_queries(customer, rows, count_queries):
    warm_settings()
    for _ in range(rows):
        make_order(customer=customer)
    shopper = sign_in(User.objects.get(pk=customer.user_id))
    with count_queries(5) as counted:  # the caller's token among them
        answer = shopper.get(f"/store/orders/?include={ORDER_NAMES}")
    assert (len(answer.body), len(counted)) == (rows, 5)


def test_include_answers_on_writes_too(staff, shopper, guest, customer):
    """Every answer in the shape of a product, cart or order is as rich as was asked for."""
    product, shelf = make_product(inventory=9), make_collection()
    fields = {"title": "Lamp", "unit_price": 10, "inventory": 9, "collection": shelf.pk}
    path = f"/store/products/{product.pk}/?include=sku"
    order, unpaid = make_paid_order(customer=customer), make_order(customer=customer)
    history = sign_in(make_admin()).get(f"/store/customers/{customer.pk}/history/?include=status").body
    shopper.post(f"/store/products/{product.pk}/likes/")
    merged = {"cart_id": str(make_cart((product, 1)).pk)}
    mine = {"cart_id": str(make_cart((product, 1), customer=make_customer(username="late")).pk)}
    buyer = sign_in(User.objects.get(username="late"))
    guests = {"cart_id": str(make_cart((product, 1)).pk), "email": "g@example.com", "address": ADDRESS}
    assert staff.post("/store/products/?include=likes", fields).body["likes"] == 0
    assert staff.patch(path, {"inventory": 8}).body["sku"] == product.sku
    assert staff.put(path, fields).body["sku"] == product.sku
    assert guest.post("/store/carts/?include=totals").body["totals"]["total"] == 0
    assert (
        len(shopper.post("/store/carts/mine/merge/?include=lines_detail", merged).body["lines_detail"]) == 1
    )
    assert buyer.post("/store/orders/?include=status", mine).body["status"] == "placed"
    placed = guest.post("/store/guest-orders/?include=number", guests).body
    assert placed["number"] == str(placed["id"])
    assert shopper.post(f"/store/orders/{unpaid.pk}/cancel/?include=status").body["status"] == "cancelled"
    assert {row["id"]: row["status"] for row in history} == {order.pk: "paid", unpaid.pk: "placed"}
    assert shopper.get("/store/likes/?include=likes").body[0]["likes"] == 1
