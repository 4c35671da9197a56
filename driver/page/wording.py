"""What a trader can say on the page: texts in fields, and choices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from driver.errors import NotOffered
from driver.messages import Draft, Unquoted
from driver.vocabulary import OrderStatus, Side

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_FIELDS = ("symbol", "side", "quantity", "reference")
_FILTERS = ("status", "symbol", "reference")


@dataclass(frozen=True, slots=True)
class Ticket:
    """An order as it is filled in; an empty field is one that is left alone."""

    side: Side | None
    texts: Mapping[str, str]


def ticket_of(draft: Draft) -> Ticket:
    """How a trader fills in this order. Raises NotOffered where the ticket has no way to say it."""
    for name in draft:
        if name not in _FIELDS:
            raise NotOffered(f"a field called {name}")
    side = draft.get("side")
    if side is not None and not isinstance(side, Side):
        raise NotOffered("a side other than Buy and Sell")
    texts = {name: _typed(name, draft.get(name)) for name in ("symbol", "quantity", "reference")}
    if draft.get("reference") == "":
        raise NotOffered("an empty reference: a field that is left empty gives none")
    return Ticket(side, texts)


def filters_of(filters: Mapping[str, object]) -> dict[str, str]:
    """How a trader filters the blotter. Raises NotOffered for pages, and what cannot be chosen."""
    for name in filters:
        if name not in _FILTERS:
            raise NotOffered(f"lists in pages ({name})")
    status = filters.get("status")
    if status is not None and not isinstance(status, OrderStatus):
        raise NotOffered("a status other than those to choose from")
    if "" in filters.values():
        raise NotOffered("an empty filter, which is none")
    texts = {name: _typed(name, filters.get(name)) for name in ("symbol", "reference")}
    return {**texts, "status": str(status) if status else ""}


def _typed(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotOffered(f"a {name} that is no text")
    plain_number = name == "quantity" and _PLAIN_NUMBER.fullmatch(value)
    if isinstance(value, Unquoted) and not plain_number:
        raise NotOffered(f"a {name} that only JSON can write, such as {value}")
    if not value.isprintable():
        raise NotOffered(f"a {name} with characters that no key types")
    return str(value)
