"""The people who bought from the demo shop: invented names at real places."""

from pages.demo.specimens import DemoCustomer
from pages.demo.wordlists import read_words


def generate_customers() -> tuple[DemoCustomer, ...]:
    return tuple(
        make_customer(number, *row) for number, row in enumerate(read_words("customers")["customers"], 1)
    )


def make_customer(
    number: int, first: str, last: str, street: str, area: str, city: str, state: str, pin_code: str
) -> DemoCustomer:
    username = f"{first}.{last.split()[-1]}".lower()
    return DemoCustomer(
        username=username,
        email=f"{username}@example.com",
        first_name=first,
        last_name=last,
        phone=f"+919000000{number:03d}",  # well-formed, and plainly nobody's
        street=street,
        area=area,
        city=city,
        state=state,
        pin_code=pin_code,
    )
