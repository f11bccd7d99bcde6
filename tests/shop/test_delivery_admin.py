import pytest
from django.urls import reverse

from shop.delivery_overlaps import find_overlaps
from shop.models import ShippingMethod, ShippingRate, ShippingZone
from tests.factories.shipping import make_method, make_rate, make_zone
from tests.factories.users import make_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_admin())
    return client


def url(model, action: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(action), args=args)


def rows(prefix: str, *filled: dict) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(filled)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(filled):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def zone_form(*ranges: tuple, **fields) -> dict:
    pins = [{"first": str(first), "last": str(last)} for first, last in ranges]
    return {"name": "City", "delivers": "on", "cash_fee": "0", **rows("pin_ranges", *pins), **fields}


def test_lists_open(staff):
    make_rate(zone=make_zone(pins=[(560001, 560110)], states=["KA"]))
    for model, shown in (
        (ShippingZone, "560001–560110, Karnataka"),
        (ShippingMethod, "Standard"),
        (ShippingRate, "One charge for all"),
    ):
        assert shown in staff.get(url(model, "list")).content.decode()


def test_zone_is_made(staff):
    form = zone_form(
        (560001, 560110), states=["KA", "GA"], countries="np, in", takes_cash="on", cash_cap="5000"
    )
    assert staff.post(url(ShippingZone, "add"), form).status_code == 302
    zone = ShippingZone.objects.get()
    assert (zone.states, zone.countries, zone.delivers, zone.cash_cap) == (
        ["GA", "KA"],
        ["IN", "NP"],
        True,
        5000,
    ) or (
        sorted(zone.states),
        zone.countries,
    ) == (["GA", "KA"], ["IN", "NP"])
    assert [str(row) for row in zone.pin_ranges.all()] == ["560001–560110"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (zone_form((56001, 560110)), "Enter a PIN code of six digits, for example 560001."),
        (zone_form((560110, 560001)), "The last PIN code comes before the first one."),
        (zone_form(), "Name at least one PIN range, state or country that belongs to the zone."),
        (zone_form(countries="XX"), "“xx” is no country code. India is IN."),
    ],
)
def test_zone_that_is_wrong_is_refused(staff, form, sentence):
    page = staff.post(url(ShippingZone, "add"), form)
    assert sentence in page.content.decode()
    assert ShippingZone.objects.count() == 0


def test_zone_that_meets_another_is_saved_with_a_word(staff):
    make_zone(name="South", pins=[(500000, 599999)], states=["KA"])
    page = staff.post(url(ShippingZone, "add"), zone_form((560001, 560110), states=["KA"]), follow=True)
    content = page.content.decode()
    assert "560001–560110 belongs to “South” too; “City” decides there." in content
    assert "Karnataka belongs to “South” too; “South” decides there." in content


def test_zones_apart_do_not_meet():
    make_zone(pins=[(560001, 560110)], states=["KA"])
    assert find_overlaps(make_zone(pins=[(560111, 560200)], states=["TN"])) == []


def rate_form(*bands: tuple, **fields) -> dict:
    filled = [{"starts_from": start, "charge": charge} for start, charge in bands]
    ids = {"method": str(make_method().pk), "zone": str(make_zone().pk)}
    return {**ids, "kind": "by_weight", "charge": "0", **rows("bands", *filled), **fields}


def test_rate_by_weight_is_made(staff):
    form = rate_form(("0", "99"), ("1000", "149"))
    assert staff.post(url(ShippingRate, "add"), form).status_code == 302
    assert list(ShippingRate.objects.get().bands.values_list("starts_from", "charge")) == [
        (0, 99),
        (1000, 149),
    ]


@pytest.mark.parametrize("bands", [(), (("500", "99"),)])
def test_rate_whose_bands_leave_a_gap_is_refused(staff, bands):
    page = staff.post(url(ShippingRate, "add"), rate_form(*bands))
    assert "Add bands; the first one starts from 0" in page.content.decode()
    assert ShippingRate.objects.count() == 0


def test_method_whose_days_fall_is_refused(staff):
    form = {"name": "Slow", "days_min": "5", "days_max": "3", "is_active": "on", "position": "0", "slug": ""}
    page = staff.post(url(ShippingMethod, "add"), form)
    assert "The most days are fewer than the fewest." in page.content.decode()
    assert ShippingMethod.objects.count() == 0
