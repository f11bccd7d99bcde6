"""Amounts as a customer reads them."""

SYMBOLS = {"INR": "₹", "USD": "$", "EUR": "€", "GBP": "£"}


def format_amount(amount: int, currency: str) -> str:
    """12345600 paise of INR are ₹1,23,456.00: two digits to a group after the first three."""
    whole, fraction = divmod(amount, 100)
    digits = _group_indian(whole) if currency == "INR" else f"{whole:,}"
    return f"{SYMBOLS.get(currency, currency + ' ')}{digits}.{fraction:02d}"


def _group_indian(whole: int) -> str:
    head, tail = str(whole)[:-3], str(whole)[-3:]
    groups: list[str] = []
    while head:
        head, group = head[:-2], head[-2:]
        groups.insert(0, group)
    return ",".join([*groups, tail])
