"""Where delivery zones meet: allowed, since the more specific one decides, but worth a word."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.enums import IndianState
from shop.models import PinRange, ShippingZone


@dataclass(frozen=True)
class ZoneOverlap:
    """What two zones both name; `decides` is the zone that is asked there."""

    place: str
    other: ShippingZone
    decides: ShippingZone

    def __str__(self) -> str:
        sentence = _("%(place)s belongs to “%(other)s” too; “%(decides)s” decides there.")
        return sentence % {"place": self.place, "other": self.other, "decides": self.decides}


def find_overlaps(zone: ShippingZone) -> list[ZoneOverlap]:
    """What the zone shares with others: PIN ranges first, then states, then countries."""
    others = list(ShippingZone.objects.exclude(pk=zone.pk).order_by("pk"))
    return [*find_shared_ranges(zone), *find_shared_names(zone, others)]


def find_shared_ranges(zone: ShippingZone) -> list[ZoneOverlap]:
    found = []
    for mine in zone.pin_ranges.all():
        shared = PinRange.objects.exclude(zone=zone).filter(first__lte=mine.last, last__gte=mine.first)
        for theirs in shared.select_related("zone"):
            # The narrower range, of equals the older zone: as `shop.pricing.delivery` decides.
            narrow = min((mine, theirs), key=lambda row: (row.last - row.first, row.zone_id))
            both = PinRange(first=max(mine.first, theirs.first), last=min(mine.last, theirs.last))
            found.append(ZoneOverlap(place=str(both), other=theirs.zone, decides=narrow.zone))
    return found


def find_shared_names(zone: ShippingZone, others: list[ShippingZone]) -> list[ZoneOverlap]:
    states = dict(IndianState.choices)
    found = []
    for field in ("states", "countries"):
        for name in getattr(zone, field):
            for other in others:
                if name in getattr(other, field):
                    older = min(zone, other, key=lambda row: row.pk)
                    found.append(ZoneOverlap(place=str(states.get(name, name)), other=other, decides=older))
    return found
