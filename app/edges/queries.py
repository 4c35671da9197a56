"""The query of a list and its cursor."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic.alias_generators import to_camel

from app.domain import OrderStatus
from app.domain.rules import read_client_order_id, read_symbol
from app.edges.messages import CLIENT_ORDER_ID_SCHEMA, SYMBOL_SCHEMA
from app.exchange import OrderFilter

MAX_LIMIT = 500
# Fewer than 64 bits, so that any store can look for what such a cursor tells.
_CURSOR = re.compile("[0-9a-f]{15}")


def read_status(value: str) -> OrderStatus:
    """A status, in capitals."""
    if value not in OrderStatus.__members__:
        raise ValueError("must be PENDING, EXECUTED or CANCELLED")
    return OrderStatus(value)


def read_limit(value: str) -> int:
    """A page size."""
    if not re.fullmatch("[0-9]{1,9}", value) or not 1 <= int(value) <= MAX_LIMIT:
        raise ValueError(f"must be a whole number from 1 to {MAX_LIMIT}")
    return int(value)


def read_cursor(value: str) -> int:
    """The position at which the next page begins."""
    if not _CURSOR.fullmatch(value):
        raise ValueError("must be the nextCursor of an earlier page")
    return int(value, 16)


def cursor(position: int) -> str:
    """The opaque text that `read_cursor` reads."""
    return f"{position:015x}"


class OrdersQuery(BaseModel):
    """Which orders to list, and from where."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    status: Annotated[
        OrderStatus | None,
        PlainValidator(read_status),
        WithJsonSchema({"type": "string", "enum": list(OrderStatus.__members__)}),
    ] = None
    symbol: Annotated[str | None, PlainValidator(read_symbol), WithJsonSchema(SYMBOL_SCHEMA)] = None
    client_order_id: Annotated[
        str | None, PlainValidator(read_client_order_id), WithJsonSchema(CLIENT_ORDER_ID_SCHEMA)
    ] = None
    limit: Annotated[
        int,
        PlainValidator(read_limit),
        WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
    ] = 100
    cursor: Annotated[
        int | None,
        PlainValidator(read_cursor),
        WithJsonSchema({"type": "string", "pattern": f"^{_CURSOR.pattern}$"}),
        Field(description="The nextCursor of the page before."),
    ] = None

    def filter(self) -> OrderFilter:
        """What the store looks for."""
        return OrderFilter(self.status, self.symbol, self.client_order_id)
