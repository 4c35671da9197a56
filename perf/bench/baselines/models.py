"""The messages of the trading server, modelled as FastAPI's manual does it."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Side(StrEnum):
    """Buy or sell."""

    BUY = "BUY"
    SELL = "SELL"


class Status(StrEnum):
    """Where an order stands."""

    PENDING = "PENDING"
    EXECUTED = "EXECUTED"
    CANCELLED = "CANCELLED"


Reference = Annotated[str, Field(pattern="^[A-Za-z0-9._-]{1,64}$")]


class _Message(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class OrderRequest(_Message):
    """An order to place."""

    symbol: Annotated[str, Field(pattern="^[A-Z]{6}$")]
    side: Side
    quantity: Annotated[Decimal, Field(gt=0, le=1_000_000_000, decimal_places=8)]
    client_order_id: Reference | None = None


class OrderView(_Message):
    """An order as it stands."""

    order_id: UUID
    client_order_id: str | None
    symbol: str
    side: Side
    quantity: Decimal
    order_status: Status
    created_at: datetime
    updated_at: datetime

    @classmethod
    def placed(cls, wanted: OrderRequest) -> "OrderView":
        """A new order."""
        now = datetime.now(UTC)
        return cls(
            order_id=uuid4(),
            order_status=Status.PENDING,
            created_at=now,
            updated_at=now,
            **wanted.model_dump(),
        )


class OrderList(_Message):
    """A page of orders."""

    orders: list[OrderView]
    next_cursor: str | None = None


class StatusEvent(_Message):
    """A status was assigned."""

    type: Literal["orderStatus"] = "orderStatus"
    sequence: int
    order_id: UUID
    client_order_id: str | None
    order_status: Status
    previous_status: Status | None
    occurred_at: datetime
