"""Orders as a trader words them, right or wrong, and what an accepted one must then show."""

import re
import secrets
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from driver import Capability, Draft, Order, Side, TradingPort, Unquoted

REFERENCE = "reference"
OPTIONAL = {REFERENCE: Capability.REFERENCES, "side": Capability.SIDE}
"""What orders have on some servers only."""

MISSING = object()
_REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def unique_reference(start: str = "") -> str:
    """A reference that no other order has, on a server that others use too."""
    return start + secrets.token_hex(16)


def unique_symbol() -> str:
    """A currency pair that nobody else trades: one of 300 million."""
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(6))


def draft(side: Side = Side.BUY, quantity: str = "100", symbol: str = "EURUSD") -> Draft:
    """A right order with a unique reference; the quantity is sent as it is written."""
    return {
        "symbol": symbol,
        "side": side,
        "quantity": Unquoted(quantity),
        REFERENCE: unique_reference(),
    }


def draft_with(fields: Draft) -> Draft:
    """A right order, but for the fields that have other values, of any kind, or are `MISSING`."""
    changed = {**draft(), **fields}
    return {name: value for name, value in changed.items() if value is not MISSING}


def renewed(placed: Draft) -> Draft:
    """The same order once more, with a reference of its own if it had one."""
    return {**placed, REFERENCE: unique_reference()} if placed.get(REFERENCE) else placed


def worded_for(port: TradingPort, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without what no order of this server has."""
    absent = {name for name, needed in OPTIONAL.items() if not port.offers(needed)}
    return [
        {name: value for name, value in draft.items() if name not in absent} for draft in drafts
    ]


def shown(order: Order) -> dict[str, object]:
    """What an order shows of what was ordered."""
    return {
        "symbol": order.symbol,
        "side": str(order.side),
        "quantity": order.quantity,
        REFERENCE: order.reference,
    }


def ordered(wanted: Draft) -> dict[str, object]:
    """What an order made from a valid draft must show."""
    return {
        "symbol": wanted["symbol"],
        "side": str(wanted.get("side")),
        "quantity": Decimal(str(wanted["quantity"])),
        REFERENCE: wanted.get(REFERENCE),
    }


def is_number(value: object) -> bool:
    """Whether the value stands for a finite number, in whatever form it is sent."""
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def is_reference(value: object) -> bool:
    """Whether the value has the form of a reference."""
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None
