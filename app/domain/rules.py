"""The rules of an order's fields.

Each `read_*` takes a value as JSON gives it (numbers as `Decimal`) and returns the domain's value,
or raises `ValueError` with the end of the sentence "the <field> ...".
"""

import re
from decimal import Decimal

from app.domain.statuses import Side

SYMBOL_PATTERN = "[A-Z]{6}"
CLIENT_ORDER_ID_PATTERN = "[A-Za-z0-9._-]{1,64}"
# A JSON number (RFC 8259, section 6) without an exponent.
PLAIN_DECIMAL_PATTERN = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"

MAX_QUANTITY = Decimal(1_000_000_000)
QUANTITY_STEP = Decimal("0.00000001")
# What `read_quantity` accepts as text, for those who read schemas: up to the maximum, above 0,
# and nothing but zeros beyond the eighth decimal place.
QUANTITY_PATTERN = (
    r"(1000000000(\.0+)?|[1-9][0-9]{0,8}(\.[0-9]{1,8}0*)?|0\.(?=0{0,7}[1-9])[0-9]{1,8}0*)"
)

_SYMBOL = re.compile(SYMBOL_PATTERN)
_CLIENT_ORDER_ID = re.compile(CLIENT_ORDER_ID_PATTERN)
_PLAIN_DECIMAL = re.compile(PLAIN_DECIMAL_PATTERN)


def read_symbol(value: object) -> str:
    """A currency pair."""
    if not isinstance(value, str) or not _SYMBOL.fullmatch(value):
        raise ValueError("must be six capital letters, such as EURUSD")
    return value


def read_side(value: object) -> Side:
    """BUY or SELL, in capitals."""
    if not isinstance(value, str) or value not in Side.__members__:
        raise ValueError("must be BUY or SELL")
    return Side[value]


def read_client_order_id(value: object) -> str | None:
    """The client's own reference; None means that there is none."""
    if value is None:
        return None
    if not isinstance(value, str) or not _CLIENT_ORDER_ID.fullmatch(value):
        raise ValueError("must be 1 to 64 of the characters A-Z a-z 0-9 . _ -")
    return value


def read_quantity(value: object) -> Decimal:
    """An exact quantity, from a number or from text that writes one plainly."""
    quantity = _decimal(value)
    if quantity <= 0:
        raise ValueError("must be greater than 0")
    if quantity > MAX_QUANTITY:
        raise ValueError(f"must be at most {MAX_QUANTITY}")
    if quantity != quantity.quantize(QUANTITY_STEP):
        raise ValueError("must have at most 8 decimal places")
    return quantity


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, str) and _PLAIN_DECIMAL.fullmatch(value):
        return Decimal(value)
    raise ValueError("must be a plain decimal number, such as 100.5")


def plain(quantity: Decimal) -> str:
    """The quantity without exponent and trailing zeros: `100.5`, `1000000000`."""
    return f"{quantity.normalize():f}"
