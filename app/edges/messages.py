"""What travels on the wire, as pydantic models: requests, answers and event frames."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import to_json

from app.domain import NewOrder, Order, OrderStatus, Side, StatusEvent
from app.domain.rules import (
    CLIENT_ORDER_ID_PATTERN,
    MAX_QUANTITY,
    QUANTITY_PATTERN,
    QUANTITY_STEP,
    SYMBOL_PATTERN,
    plain,
    read_client_order_id,
    read_quantity,
    read_side,
    read_symbol,
)

SYMBOL_SCHEMA = {
    "type": "string",
    "pattern": f"^{SYMBOL_PATTERN}$",
    "description": "A currency pair.",
}
CLIENT_ORDER_ID_SCHEMA = {
    "type": "string",
    "pattern": f"^{CLIENT_ORDER_ID_PATTERN}$",
    "description": "The client's own reference, unique on this server.",
}
Symbol = Annotated[str, PlainValidator(read_symbol), WithJsonSchema(SYMBOL_SCHEMA)]
ClientOrderId = Annotated[
    str | None,
    PlainValidator(read_client_order_id),
    WithJsonSchema(CLIENT_ORDER_ID_SCHEMA | {"type": ["string", "null"]}),
]
Quantity = Annotated[
    Decimal,
    PlainValidator(read_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "number",
                    "minimum": float(QUANTITY_STEP),
                    "maximum": int(MAX_QUANTITY),
                    "multipleOf": float(QUANTITY_STEP),
                },
                {"type": "string", "pattern": f"^{QUANTITY_PATTERN}$"},
            ],
            "description": "Greater than 0, at most 1000000000, at most 8 decimal places.",
        }
    ),
]
Timestamp = Annotated[
    str,
    Field(
        json_schema_extra={"format": "date-time"},
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$",
        description="RFC 3339, UTC, microseconds.",
    ),
]
Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]


@lru_cache(maxsize=64)  # an order and its events name the same moments
def timestamp(at: datetime) -> str:
    """RFC 3339 with microseconds; `at` must be in UTC."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


class Message(BaseModel):
    """What the server sends: camelCase on the wire, and nothing beyond its fields."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", frozen=True
    )


class OrderRequest(BaseModel):
    """An order as a client places it."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "example": {"symbol": "EURUSD", "side": "BUY", "quantity": "100.5"},
        },
    )

    symbol: Symbol
    side: Annotated[
        Side,
        PlainValidator(read_side),
        WithJsonSchema({"type": "string", "enum": list(Side.__members__)}),
    ]
    quantity: Quantity
    client_order_id: ClientOrderId = None

    def order(self) -> NewOrder:
        """What the exchange needs to know."""
        return NewOrder(self.symbol, self.side, self.quantity, self.client_order_id)


class OrderView(Message):
    """An order as every answer shows it."""

    order_id: Uuid
    client_order_id: ClientOrderId
    symbol: Symbol
    side: Side
    quantity: Annotated[str, Field(pattern=r"^(0|[1-9]\d*)(\.\d*[1-9])?$", examples=["100.5"])]
    order_status: OrderStatus
    created_at: Annotated[Timestamp, Field(description="When PENDING was assigned.")]
    updated_at: Annotated[Timestamp, Field(description="When the present status was assigned.")]


class OrderList(Message):
    """One page of orders, oldest first."""

    orders: list[OrderView]
    next_cursor: Annotated[str | None, Field(description="Null on the last page.")]


class Hello(Message):
    """The first frame: every event after `sequence` arrives on this connection."""

    type: Literal["hello"] = "hello"
    stream_id: Annotated[Uuid, Field(description="Changes when the server's memory does.")]
    sequence: Annotated[
        int, Field(ge=0, description="The latest event so far; with `?since=N` it is that N.")
    ]


class OrderStatusEvent(Message):
    """A status was assigned to an order."""

    type: Literal["orderStatus"] = "orderStatus"
    sequence: Annotated[int, Field(ge=1, description="Grows by exactly 1 from event to event.")]
    order_id: Uuid
    client_order_id: ClientOrderId
    order_status: OrderStatus
    previous_status: Annotated[OrderStatus | None, Field(description="Null before PENDING.")]
    occurred_at: Timestamp


def as_json(message: BaseModel) -> str:
    """The message as it travels."""
    return message.model_dump_json(by_alias=True)


def order_json(order: Order) -> bytes:
    """An `OrderView` as it travels.

    Answers about orders, and frames, are made without their models: what is in them has been
    validated, and to validate it again would cost three times as much as to write it.
    """
    return to_json(
        {
            "orderId": order.order_id,
            "clientOrderId": order.client_order_id,
            "symbol": order.symbol,
            "side": order.side.value,
            "quantity": plain(order.quantity),
            "orderStatus": order.status.value,
            "createdAt": timestamp(order.created_at),
            "updatedAt": timestamp(order.updated_at),
        }
    )


def page_json(orders: Iterable[bytes], next_cursor: str | None) -> bytes:
    """An `OrderList` as it travels, made of orders that are JSON already."""
    return b'{"orders":[%b],"nextCursor":%b}' % (b",".join(orders), to_json(next_cursor))


def serialise_event(sequence: int, event: StatusEvent) -> str:
    """The text of an event's frame, an `OrderStatusEvent`."""
    previous = event.previous_status
    return to_json(
        {
            "type": "orderStatus",
            "sequence": sequence,
            "orderId": event.order_id,
            "clientOrderId": event.client_order_id,
            "orderStatus": event.status.value,
            "previousStatus": previous and previous.value,
            "occurredAt": timestamp(event.occurred_at),
        }
    ).decode()
