from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shop.enums import CouponKind
from shop.models import Coupon
from shop.models.coupon import CODE_SIGNS, generate_code, normalise_code
from shop.pricing import discounts
from shop.selectors import describe_line
from tests.factories.catalogue import make_item, make_shelf
from tests.factories.coupons import make_coupon


def test_kinds_are_the_words_of_pricing():
    assert set(CouponKind.values) == {discounts.PERCENT, discounts.AMOUNT, discounts.FREE_SHIPPING}


@pytest.mark.parametrize("typed", ["welcome10", " WELCOME10 ", "Wel come10\t"])
def test_code_is_the_same_however_it_is_typed(typed):
    assert normalise_code(typed) == "WELCOME10"


def test_generated_code_has_sixty_bits_and_no_sign_that_is_mistaken():
    code = generate_code("diwali")
    prefix, *groups = code.split("-")
    assert (prefix, [len(group) for group in groups]) == ("DIWALI", [4, 4, 4])
    assert len(set(CODE_SIGNS)) == 32
    assert not set("IO01") & set(CODE_SIGNS)
    assert set("".join(groups)) <= set(CODE_SIGNS)
    assert len({generate_code() for _ in range(200)}) == 200


@pytest.mark.django_db
def test_code_is_stored_in_capitals_and_unique_whatever_the_case():
    assert make_coupon("welcome10").code == "WELCOME10"
    with pytest.raises(IntegrityError):
        make_coupon("Welcome10")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"code": "lower"}, "coupon_code_is_upper"),
        ({"kind": "gift"}, "coupon_kind_is_known"),
        ({"value": Decimal("-1")}, "coupon_value_not_negative"),
        ({"value": Decimal("100.01")}, "coupon_percent_in_hundred"),
        ({"minimum": Decimal("-0.01")}, "coupon_minimum_not_negative"),
        ({"uses_limit": 1, "used": 2}, "coupon_used_within_limit"),
        (
            {"starts_at": "2026-11-02T00:00Z", "ends_at": "2026-11-02T00:00Z"},
            "coupon_ends_after_start",
        ),
    ],
)
def test_database_refuses_what_no_coupon_is(columns, constraint):
    coupon = make_coupon("A")
    if constraint == "coupon_code_is_upper" and Coupon.objects.filter(code="a").exists():
        pytest.skip("This database's collation knows no case: the unique column alone keeps the rule.")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Coupon.objects.filter(pk=coupon.pk).update(**columns)


@pytest.mark.django_db
def test_more_than_a_hundred_rupees_may_be_taken_off():
    assert make_coupon(value="250", kind="amount").value == Decimal(250)


@pytest.mark.django_db
def test_form_that_was_opened_before_a_use_does_not_write_the_count_back():
    coupon = make_coupon("A", uses_limit=5)
    Coupon.objects.filter(pk=coupon.pk).update(used=3)
    coupon.note = "Changed"
    coupon.save()
    assert Coupon.objects.values_list("note", "used").get() == ("Changed", 3)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ÄPFEL", "10%", "A B\x00", ""])
def test_code_of_other_signs_is_refused_by_the_form(code):
    with pytest.raises(ValidationError):
        Coupon(code=code).full_clean()


@pytest.mark.django_db
def test_rule_names_what_the_coupon_is_about():
    lamp, shelf = make_item(), make_shelf()
    coupon = make_coupon("A", value="15.5", minimum=Decimal(500), products=[lamp], collections=[shelf])
    rule = Coupon.objects.get(pk=coupon.pk).describe_rule()
    assert (rule.id, rule.code, rule.kind, rule.value, rule.minimum) == (
        coupon.pk,
        "A",
        "percent",
        Decimal("15.50"),
        Decimal("500.00"),
    )
    assert (rule.targets.product_ids, rule.targets.collection_ids) == ({lamp.pk}, {shelf.pk})


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"value": Decimal("12.50")}, "12.5 % off"),
        ({"value": Decimal("10.00")}, "10 % off"),
        ({"kind": "amount", "value": Decimal("500.00")}, "₹500 off"),
        ({"kind": "free_shipping"}, "Free delivery"),
    ],
)
def test_offer_says_in_few_words_what_the_coupon_does(columns, words):
    assert Coupon(**columns).offer == words


@pytest.mark.django_db
@pytest.mark.parametrize("about", ["products", "collections"])
def test_coupon_whose_last_target_is_deleted_is_about_nothing(about):
    target = make_item() if about == "products" else make_shelf()
    coupon = make_coupon("A", **{about: [target]})
    type(target).objects.filter(pk=target.pk).delete()
    other = describe_line(make_item())
    targets = Coupon.objects.get(pk=coupon.pk).describe_rule().targets
    assert (targets.is_everything, targets.include(other)) == (False, False)
    assert make_coupon("B").describe_rule().targets.include(other)
