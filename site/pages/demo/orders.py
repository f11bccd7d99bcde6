"""A year of past orders: denser towards today, most of them long since delivered."""

from random import Random

from pages.demo.catalogue import SEED
from pages.demo.specimens import DemoCustomer, DemoOrder, DemoOrderLine, DemoProduct, DemoVariant, Outcome

ORDERS = 200
DAYS = 365
OPENING, CLOSING = 7 * 60, 23 * 60 + 30  # minutes after midnight
ABANDONED = 0.11
CANCELLED = 0.07
DAYS_TO_SHIP, DAYS_TO_DELIVER = 2, 8
COSTLY = 10_000  # rupees: nobody buys three televisions


def generate_orders(
    products: tuple[DemoProduct, ...],
    customers: tuple[DemoCustomer, ...],
    *,
    seed: int = SEED,
    count: int = ORDERS,
) -> tuple[DemoOrder, ...]:
    """`count` orders, oldest first. Each line names the sku of a lead or of a variant.

    All of them together leave every product above its low-stock threshold, so they can be placed one after
    the other on the generated stock, and who is sold out or nearly so stays as the catalogue says.
    """
    rng = Random(f"{seed}:orders")
    spare = count_spare(products)
    ages = sorted((int(DAYS * rng.random() ** 1.5) for _ in range(count)), reverse=True)
    return tuple(
        DemoOrder(
            days_ago=days_ago,
            minutes=rng.randint(OPENING, CLOSING),
            # The square favours the first few: every shop has its regulars.
            customer=int(len(customers) * rng.random() ** 2),
            lines=fill_basket(rng, products, spare),
            outcome=choose_outcome(rng, days_ago),
            payment_method=rng.choices(("upi", "card", "netbanking", "cod"), (58, 21, 7, 14))[0],
        )
        for days_ago in ages
    )


def count_spare(products: tuple[DemoProduct, ...]) -> dict[str, int]:
    """By sku, how many may go before the product runs low."""
    return {
        item.sku: item.inventory - lead.low_stock_threshold - 1
        for lead in products
        for item in list_items(lead)
    }


def list_items(lead: DemoProduct) -> tuple[DemoProduct | DemoVariant, ...]:
    return lead, *lead.variants


def fill_basket(
    rng: Random, products: tuple[DemoProduct, ...], spare: dict[str, int]
) -> tuple[DemoOrderLine, ...]:
    wanted = rng.choices((1, 2, 3, 4), (46, 30, 16, 8))[0]
    lines: list[DemoOrderLine] = []
    while len(lines) < wanted:
        line = take_product(rng, rng.choice(products))
        if spare[line.sku] >= line.quantity and line.sku not in {other.sku for other in lines}:
            spare[line.sku] -= line.quantity
            lines.append(line)
    return tuple(lines)


def take_product(rng: Random, lead: DemoProduct) -> DemoOrderLine:
    chosen = rng.choice(list_items(lead))
    most = 1 if chosen.unit_price >= COSTLY else 3
    return DemoOrderLine(sku=chosen.sku, quantity=min(rng.choices((1, 2, 3), (76, 18, 6))[0], most))


def choose_outcome(rng: Random, days_ago: int) -> Outcome:
    luck = rng.random()
    if luck < ABANDONED:
        return "expired"
    if luck < ABANDONED + CANCELLED:
        return "cancelled"
    if days_ago <= DAYS_TO_SHIP:
        return "paid"
    return "fulfilled" if days_ago <= DAYS_TO_DELIVER else "completed"
