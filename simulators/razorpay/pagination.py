"""Lists: newest first, ten at a time unless asked otherwise, a hundred at most."""

from simulators.razorpay.errors import reject
from simulators.razorpay.exchange import Request
from simulators.razorpay.store import Row, Transaction

DEFAULT_COUNT = 10
LARGEST_COUNT = 100
FAR_FUTURE = 2**53


def list_page(
    transaction: Transaction, request: Request, table: str, condition: str = "1", *parameters: object
) -> list[Row]:
    """The rows that the request's count, skip, from and to leave; from and to are inclusive unix seconds."""
    return transaction.find_all(
        # The caller's own words: what a request brings is always a parameter.
        f"SELECT * FROM {table} WHERE ({condition}) AND created_at BETWEEN ? AND ?"  # noqa: S608
        " ORDER BY created_at DESC, sequence DESC LIMIT ? OFFSET ?",
        *parameters,
        _read_whole(request, "from", 0, FAR_FUTURE),
        _read_whole(request, "to", FAR_FUTURE, FAR_FUTURE),
        _read_whole(request, "count", DEFAULT_COUNT, LARGEST_COUNT, smallest=1),
        _read_whole(request, "skip", 0, FAR_FUTURE),
    )


def _read_whole(request: Request, name: str, default: int, largest: int, smallest: int = 0) -> int:
    text = request.read_parameter(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()):
        raise reject(f"The {name} must be an integer.", name)
    if int(text) < smallest:
        raise reject(f"The {name} must be at least {smallest}.", name)
    if int(text) > largest:
        raise reject(f"The {name} may not be greater than {largest}.", name)
    return int(text)
