"""What a client and a trading server say to each other, whatever it is spelled on the wire.

Times named `sent` and `received` are seconds of `time.perf_counter`, comparable within one
process only. Times of the server are aware datetimes in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar


class Side(StrEnum):
    """Which way an order trades."""

    BUY = "BUY"
    SELL = "SELL"


class OrderStatus(StrEnum):
    """Where an order is in its life."""

    PENDING = "PENDING"
    EXECUTED = "EXECUTED"
    CANCELLED = "CANCELLED"


class Reason(StrEnum):
    """Why a request is rejected: one for each reason that the contract tells apart."""

    MALFORMED = "malformed"
    DUPLICATE_REFERENCE = "duplicate reference"
    TOO_LARGE = "too large"
    INVALID_ORDER = "invalid order"
    CAPACITY_REACHED = "capacity reached"
    INVALID_QUERY = "invalid query"
    UNKNOWN_ORDER = "unknown order"
    TOO_LATE_TO_CANCEL = "too late to cancel"
    ALREADY_CANCELLED = "already cancelled"
    CANCEL_PENDING = "cancel pending"
    UNKNOWN_PATH = "unknown path"
    METHOD_NOT_ALLOWED = "method not allowed"


class Unquoted(str):
    """A value that is written into a request body as it stands, such as `NaN` or `1e999`."""


DraftValue = object
"""A value of a draft: anything JSON can hold, or `Unquoted` text that it cannot."""

Draft = Mapping[str, DraftValue]
"""An order as a client words it, right or wrong: neutral field names (`symbol`, `side`,
`quantity`, `reference`) or any other name, with values of any kind."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the server shows it."""

    order_id: str
    reference: str | None
    symbol: str
    side: Side
    quantity: Decimal
    status: OrderStatus
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A page of a listing, oldest order first; `next_cursor` is None on the last page."""

    orders: tuple[Order, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: the neutral name of the field, and the server's words."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A request that the server turned down."""

    reason: Reason
    title: str
    detail: str
    explanation_path: str
    faults: tuple[Fault, ...] = ()
    order_id: str | None = None
    order_status: OrderStatus | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its answer, as they went over the wire."""

    method: str
    path: str
    request_body: str | None
    status: int
    response_body: str
    sent: float
    received: float

    @property
    def seconds(self) -> float:
        """How long the answer took."""
        return self.received - self.sent


class Action(StrEnum):
    """What a request asks for."""

    PLACE = "place an order"
    VIEW = "view an order"
    LIST = "list orders"
    CANCEL = "cancel an order"
    OTHER = "something else"


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a request led to, and the exchange that it took."""

    outcome: T | Rejection
    exchange: Exchange
    action: Action


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame on a connection: every event after `sequence` will arrive on it."""

    stream_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """A status that the server assigned to an order."""

    sequence: int
    order_id: str
    reference: str | None
    status: OrderStatus
    previous_status: OrderStatus | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """An event and the moment it was read from the socket, before it was parsed."""

    event: OrderEvent
    received: float


@dataclass(frozen=True, slots=True)
class Closing:
    """How the server closed a connection: RFC 6455 code, 1006 when it just went away."""

    code: int
    reason: str
    received: float
