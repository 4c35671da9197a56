"""What travels on the wire, as pydantic models: requests, answers and event frames."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic.alias_generators import to_camel

from app.domain import NewOrder, Order, OrderStatus, Side, StatusEvent
from app.domain.rules import (
    CLIENT_ORDER_ID_PATTERN,
    PLAIN_DECIMAL_PATTERN,
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
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000_000},
                {"type": "string", "pattern": f"^{PLAIN_DECIMAL_PATTERN}$"},
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


def timestamp(at: datetime) -> str:
    """RFC 3339 with microseconds; `at` must be in UTC."""
    return f"{at.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


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
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, order: Order) -> Self:
        """The view of an order as it stands."""
        return cls(
            order_id=order.order_id,
            client_order_id=order.client_order_id,
            symbol=order.symbol,
            side=order.side,
            quantity=plain(order.quantity),
            order_status=order.status,
            created_at=timestamp(order.created_at),
            updated_at=timestamp(order.updated_at),
        )


class OrderList(Message):
    """One page of orders, oldest first."""

    orders: list[OrderView]
    next_cursor: Annotated[str | None, Field(description="Null on the last page.")]


class Hello(Message):
    """The first frame: every event after `sequence` arrives on this connection."""

    type: Literal["hello"] = "hello"
    stream_id: Annotated[Uuid, Field(description="Changes when the server's memory does.")]
    sequence: Annotated[int, Field(ge=0)]


class OrderStatusEvent(Message):
    """A status was assigned to an order."""

    type: Literal["orderStatus"] = "orderStatus"
    sequence: Annotated[int, Field(ge=1, description="Grows by exactly 1 from event to event.")]
    order_id: Uuid
    client_order_id: ClientOrderId
    order_status: OrderStatus
    previous_status: Annotated[OrderStatus | None, Field(description="Null before PENDING.")]
    occurred_at: Timestamp

    @classmethod
    def of(cls, sequence: int, event: StatusEvent) -> Self:
        """The frame for one numbered event."""
        return cls(
            sequence=sequence,
            order_id=event.order_id,
            client_order_id=event.client_order_id,
            order_status=event.status,
            previous_status=event.previous_status,
            occurred_at=timestamp(event.occurred_at),
        )


def as_json(message: BaseModel) -> str:
    """The message as it travels."""
    return message.model_dump_json(by_alias=True)


def serialise_event(sequence: int, event: StatusEvent) -> str:
    """The text of an event's frame."""
    return as_json(OrderStatusEvent.of(sequence, event))
