"""What a client and a trading server say to each other, whatever it is spelled on the wire.

Times named `sent` and `received` are seconds of `time.perf_counter`, comparable within one
process only. Times of the server are aware datetimes in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, StrEnum, auto
from typing import Generic, TypeVar


class _Named(Enum):
    """A member that people read by its name; how a server spells it is in the contract."""

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return format(self.name, spec)


class Side(_Named):
    """Which way an order trades."""

    BUY = auto()
    SELL = auto()


class OrderStatus(_Named):
    """Where an order is in its life."""

    PENDING = auto()
    EXECUTED = auto()
    CANCELLED = auto()


class Capability(StrEnum):
    """What a server may promise beyond placing, viewing, listing, cancelling and its events."""

    REFERENCES = "references of the client's own"
    REPLAY = "replay of past events"
    HELLO = "a confirmed subscription"
    NUMBERING = "numbered events"
    PREVIOUS_STATUS = "the previous status in events"
    TIMES = "times in answers and events"
    PAGING = "lists in pages"
    FILTERS = "filtered lists"
    PROBLEM_DETAILS = "problem details"
    DISTINCT_REASONS = "a reason of its own for each rejection"
    HEALTH = "an undelayed health check"
    DOCUMENT = "a published document"


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


class Malformed(Enum):
    """What can be sent in place of an order."""

    TRUNCATED = auto()
    EMPTY = auto()
    PLAIN_TEXT = auto()
    INVALID_CHARACTERS = auto()
    LIST = auto()
    NUMBER = auto()
    NULL = auto()
    BRACKETS = auto()
    LONGEST = auto()
    TOO_LONG = auto()


class Unsupported(Enum):
    """What can be requested and no server offers."""

    UNKNOWN_PATH = auto()
    REPLACE_ALL = auto()
    DELETE_ALL = auto()


class DisconnectReason(Enum):
    """Why a server ends a subscription: one for each reason that the contract tells apart."""

    NOT_A_NUMBER = auto()
    AHEAD = auto()
    TOO_OLD = auto()
    INVALID = auto()
    SLOW = auto()
    SHUTDOWN = auto()


class Unquoted(str):
    """A value that is written into a request body as it stands, such as `NaN` or `1e999`."""


DraftValue = object
"""A value of a draft: anything JSON can hold, or `Unquoted` text that it cannot."""

Draft = Mapping[str, DraftValue]
"""An order as a client words it, right or wrong: neutral field names (`symbol`, `side`,
`quantity`, `reference`) or any other name, with values of any kind. A `Side` is spelled as the
server spells it, text is sent as it is."""


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
class InvalidField:
    """A field or filter that the server rejects, by its neutral name, and the server's words."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A request that the server turned down."""

    reason: Reason
    title: str
    detail: str
    explanation: str
    invalid_fields: tuple[InvalidField, ...] = ()
    order_id: str | None = None
    order_status: OrderStatus | None = None


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request and its answer, written for people who read a report.

    `request` and `answer` are a line each, such as `POST /orders` and `201`.
    """

    request: str
    request_text: str | None
    answer: str
    answer_text: str
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
    """What a request led to, and when: `log` is for people to read."""

    outcome: T | Rejection
    action: Action
    log: LoggedRequest

    @property
    def sent(self) -> float:
        """When the request left."""
        return self.log.sent

    @property
    def received(self) -> float:
        """When its answer was there."""
        return self.log.received

    @property
    def seconds(self) -> float:
        """How long the answer took."""
        return self.log.seconds


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
class Disconnection:
    """How the server closed a connection: RFC 6455 code, 1006 when it just went away."""

    code: int
    reason: str
    received: float
