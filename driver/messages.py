"""What a client and a trading server say to each other, whatever it is spelled on the wire.

Times named `sent` and `received` are seconds of `time.perf_counter`, comparable within one
process only. Times of the server are aware datetimes in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Generic, TypeVar

from driver.vocabulary import Action, Complaint, OrderStatus, Reason, Side


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
    """An order as the server shows it.

    `side` is None where orders have none. Where the server tells no times, they are those at which
    its answer was read.
    """

    order_id: str
    reference: str | None
    symbol: str
    side: Side | None
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
    """A field or filter that the server rejects, by its neutral name, and the server's words.

    `complaints` are all that these words may mean.
    """

    field: str
    detail: str
    complaints: frozenset[Complaint] = frozenset(Complaint)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A request that the server turned down.

    `or_else` are the reasons that the server does not tell apart from `reason`. Where rejections
    do not name what is wrong with a request, `invalid_fields` is None.
    """

    reason: Reason
    title: str
    detail: str
    explanation: str
    invalid_fields: tuple[InvalidField, ...] | None = ()
    order_id: str | None = None
    order_status: OrderStatus | None = None
    or_else: frozenset[Reason] = frozenset()

    def may_be(self, reason: Reason) -> bool:
        """Whether the request was rejected for this reason, as far as the server tells."""
        return reason is self.reason or reason in self.or_else


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
    """The first frame on a connection: every event after `sequence` will arrive on it.

    Where events have no numbers, `sequence` is 0 and `stream_id` is empty.
    """

    stream_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """A status that the server assigned to an order.

    Where events have no numbers, those of a connection are counted from 1; where they have no
    times, `occurred_at` is when the event was read; where they have no previous status, it is the
    promised one. `shown` is what else the event shows of its
    order, by neutral names.
    """

    sequence: int
    order_id: str
    reference: str | None
    status: OrderStatus
    previous_status: OrderStatus | None
    occurred_at: datetime
    shown: tuple[tuple[str, object], ...] = ()


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

    def __str__(self) -> str:
        return f"closed with {self.code}: {self.reason or 'no reason'}"
