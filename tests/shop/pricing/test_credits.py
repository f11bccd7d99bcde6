from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from shop.pricing import ZERO, TaxSplit, share_credit, split_credit
from shop.pricing.taxes import find_contained_tax, split_tax

D = Decimal
WHOLE = TaxSplit(taxable=D("100.00"), cgst=D("5.00"), sgst=D("5.00"))
NONE = TaxSplit()


def money(low: int = 1, high: int = 1_000_000):
    return st.integers(low, high).map(lambda paise: D(paise) / 100)


def test_amount_is_shared_over_what_is_left():
    assert share_credit(D("30.00"), left=[D("100.00"), D("200.00")], named=[ZERO, ZERO]) == [
        D("10.00"),
        D("20.00"),
    ]


def test_odd_paisa_goes_to_the_largest_remainder():
    assert share_credit(D("0.01"), left=[D("1.00"), D("2.00")], named=[ZERO, ZERO]) == [ZERO, D("0.01")]


def test_named_lines_take_their_own_and_the_rest_is_shared():
    left = [D("100.00"), D("50.00"), D("40.00")]
    assert share_credit(D("140.00"), left=left, named=[D("100.00"), ZERO, ZERO]) == [
        D("100.00"),
        D("22.22"),
        D("17.78"),
    ]


def test_line_of_which_less_is_left_than_named_takes_what_is_left():
    assert share_credit(D("70.00"), left=[D("20.00"), D("50.00")], named=[D("30.00"), D("40.00")]) == [
        D("20.00"),
        D("50.00"),
    ]


def test_lines_named_beyond_the_amount_share_it():
    assert share_credit(D("30.00"), left=[D("40.00"), D("20.00")], named=[D("40.00"), D("20.00")]) == [
        D("20.00"),
        D("10.00"),
    ]


def test_credit_contains_its_part_of_the_tax():
    half = split_credit(D("55.00"), whole=WHOLE, before=NONE)
    assert half == TaxSplit(taxable=D("50.00"), cgst=D("2.50"), sgst=D("2.50"))


def test_last_credit_takes_exactly_what_is_left():
    third = split_credit(D("36.67"), whole=WHOLE, before=NONE)
    assert third == TaxSplit(taxable=D("33.33"), cgst=D("1.67"), sgst=D("1.67"))
    rest = split_credit(D("73.33"), whole=WHOLE, before=third)
    assert rest == TaxSplit(taxable=D("66.67"), cgst=D("3.33"), sgst=D("3.33"))


def test_tax_beyond_the_state_is_credited_as_such():
    whole = TaxSplit(taxable=D("100.00"), igst=D("18.00"))
    assert split_credit(D("59.00"), whole=whole, before=NONE) == TaxSplit(taxable=D("50.00"), igst=D("9.00"))


def test_single_paisa_never_contains_more_than_itself():
    before = TaxSplit(taxable=D("0.10"))
    assert split_credit(D("0.01"), whole=WHOLE, before=before) == TaxSplit(taxable=D("0.01"))


@given(
    gross=money(high=200_000),
    rate=st.sampled_from([D(0), D("0.25"), D(3), D(5), D(10), D(12), D(18), D(28)]),
    within_state=st.booleans(),
    cuts=st.lists(money(high=60_000), max_size=8),
)
def test_credits_that_make_up_the_whole_contain_its_tax(gross, rate, within_state, cuts):
    whole = split_tax(gross, tax=find_contained_tax(gross, rate=rate), within_state=within_state)
    before = NONE
    left = gross
    for cut in [*cuts, left]:
        amount = min(cut, left) if cut is not left else left
        if not amount:
            break
        part = split_credit(amount, whole=whole, before=before)
        assert part.total == amount
        assert part.cgst == part.sgst
        assert min(part.taxable, part.cgst, part.igst) >= 0
        before = TaxSplit(
            *(getattr(before, n) + getattr(part, n) for n in ("taxable", "cgst", "sgst", "igst"))
        )
        left -= amount
    if left:
        part = split_credit(left, whole=whole, before=before)
        before = TaxSplit(
            *(getattr(before, n) + getattr(part, n) for n in ("taxable", "cgst", "sgst", "igst"))
        )
    assert before == whole


@given(lines=st.lists(st.tuples(money(0), money(0)), min_size=1, max_size=8), share=st.integers(1, 100))
def test_shares_make_up_the_amount_and_none_is_more_than_is_left(lines, share):
    left, named = [line[0] for line in lines], [line[1] for line in lines]
    amount = (sum(left, ZERO) * share / 100).quantize(D("0.01"), rounding="ROUND_DOWN")
    assume(amount > 0)
    shares = share_credit(amount, left=left, named=named)
    assert sum(shares, ZERO) == amount
    assert all(0 <= part <= most for part, most in zip(shares, left, strict=True))
