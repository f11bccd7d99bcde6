"""What the demo shop consists of, as frozen values without a database."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Pairs = tuple[tuple[str, str], ...]

Outcome = Literal["completed", "fulfilled", "paid", "expired", "cancelled"]
PaymentMethod = Literal["upi", "card", "netbanking", "cod"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPicture:
    """How a motif is painted. Angles are degrees; saturation, brightness and zoom are percentages."""

    motif: str  # folder/name below motifs/, without the suffix
    alt: str
    tint: str  # background, as #rrggbb
    hue_shift: int = 0
    hue_centre: int = 0  # only hues within the spread of the centre are turned, so a hand stays a hand
    hue_spread: int = 180
    saturation: int = 100
    brightness: int = 100
    zoom: int = 100
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReview:
    name: str
    rating: int  # 1 to 5
    description: str
    days_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVariant:
    sku: str
    title: str
    slug: str
    options: Pairs
    unit_price: Decimal  # rupees, before tax
    inventory: int
    pictures: tuple[DemoPicture, ...]  # empty: the lead's pictures show it as well


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoProduct:
    sku: str
    title: str
    slug: str
    description: str
    body: tuple[str, ...]  # paragraphs of plain text
    unit_price: Decimal  # rupees, before tax
    inventory: int
    low_stock_threshold: int
    collection_slug: str
    tags: tuple[str, ...]
    hsn_code: str
    options: Pairs  # the lead is one of its own choices; empty where there is nothing to choose
    variants: tuple[DemoVariant, ...]
    specifications: Pairs
    reviews: tuple[DemoReview, ...]
    pictures: tuple[DemoPicture, ...]  # one or two, the first is the main one


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCollection:
    title: str
    slug: str
    introduction: str
    picture: DemoPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCustomer:
    username: str
    email: str
    first_name: str
    last_name: str
    phone: str
    street: str
    area: str
    city: str
    state: str
    pin_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrderLine:
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrder:
    days_ago: int
    minutes: int  # after midnight, local time
    customer: int  # index into the customers
    lines: tuple[DemoOrderLine, ...]
    outcome: Outcome
    payment_method: PaymentMethod
