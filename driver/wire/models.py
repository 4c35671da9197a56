"""The bodies and frames as the wire spells them, checked strictly.

A missing, an extra or a mistyped field is an error. The models are the suite's own, so that a
server that drifts is noticed.
"""

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from driver.messages import Hello, Order, OrderEvent, OrderStatus, Side

_RFC3339_MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_PLAIN_DECIMAL = re.compile(r"(0|[1-9]\d*)(\.\d*[1-9])?")
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not _RFC3339_MICROSECONDS.fullmatch(value):
        raise ValueError("must be an RFC 3339 time in UTC with microseconds and Z")
    return datetime.fromisoformat(value)


def _plain_decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not _PLAIN_DECIMAL.fullmatch(value):
        raise ValueError("must be a string with a plain decimal, without trailing zeros")
    return Decimal(value)


def _status(value: object) -> OrderStatus:
    if value not in list(OrderStatus):
        raise ValueError(f"must be one of {', '.join(OrderStatus)}")
    return OrderStatus(str(value))


def _side(value: object) -> Side:
    if value not in list(Side):
        raise ValueError(f"must be one of {', '.join(Side)}")
    return Side(str(value))


_Instant = Annotated[datetime, BeforeValidator(_instant)]
_Quantity = Annotated[Decimal, BeforeValidator(_plain_decimal)]
_Status = Annotated[OrderStatus, BeforeValidator(_status)]
_Side = Annotated[Side, BeforeValidator(_side)]
_OrderId = Annotated[str, Field(pattern=_UUID)]
_Reference = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
_Sentence = Annotated[str, Field(pattern=r"\S")]


class _Wire(BaseModel):
    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", alias_generator=to_camel, allow_inf_nan=False
    )


class WireOrder(_Wire):
    """An order, as every answer shows it."""

    order_id: _OrderId
    client_order_id: _Reference | None
    symbol: Annotated[str, Field(pattern=r"^[A-Z]{6}$")]
    side: _Side
    quantity: _Quantity
    order_status: _Status
    created_at: _Instant
    updated_at: _Instant

    def neutral(self) -> Order:
        """The order without its spelling."""
        return Order(
            order_id=self.order_id,
            reference=self.client_order_id,
            symbol=self.symbol,
            side=self.side,
            quantity=self.quantity,
            status=self.order_status,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )


class WirePage(_Wire):
    """A page of a listing."""

    orders: list[WireOrder]
    next_cursor: str | None


class WireHealth(_Wire):
    """The word of a server that is well."""

    status: Literal["ok"]


class WireFault(_Wire):
    """One thing wrong with a request."""

    pointer: str
    detail: _Sentence


class WireProblem(BaseModel):
    """A rejection: RFC 9457 problem details."""

    # RFC 9457 lets a problem carry further members: these are the ones the contract names.
    model_config = ConfigDict(strict=True, frozen=True, alias_generator=to_camel)

    type: Annotated[str, Field(pattern=r"^/problems/[a-z0-9-]+$")]
    title: _Sentence
    status: int
    detail: _Sentence
    errors: list[WireFault] | None = None
    order_id: _OrderId | None = None
    order_status: _Status | None = None


class WireInfo(BaseModel):
    """Who publishes a document (OpenAPI 3.1, 4.8.2)."""

    version: str


class WireDocument(BaseModel):
    """The OpenAPI document, as far as it tells the server's version."""

    info: WireInfo


class WireHello(_Wire):
    """The first frame of a connection."""

    type: Literal["hello"]
    stream_id: Annotated[str, Field(min_length=1)]
    sequence: Annotated[int, Field(ge=0)]

    def neutral(self) -> Hello:
        """The hello without its spelling."""
        return Hello(self.stream_id, self.sequence)


class WireEvent(_Wire):
    """A status given to an order."""

    type: Literal["orderStatus"]
    sequence: Annotated[int, Field(ge=1)]
    order_id: _OrderId
    client_order_id: _Reference | None
    order_status: _Status
    previous_status: _Status | None
    occurred_at: _Instant

    def neutral(self) -> OrderEvent:
        """The event without its spelling."""
        return OrderEvent(
            sequence=self.sequence,
            order_id=self.order_id,
            reference=self.client_order_id,
            status=self.order_status,
            previous_status=self.previous_status,
            occurred_at=self.occurred_at,
        )
