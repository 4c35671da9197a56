"""What was measured, as plain data.

All times are seconds since the start signal. Those of the client are of its monotonic clock,
taken when bytes were handed to or read from a socket. Those of the server (`…_occurred`) are its
own record in its events, placed on the same axis by the wall clock: their differences are exact,
their distance to the client's times is only as good as the two clocks agree.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_NAMED = 10
DISORDER = "EXECUTED was announced before PENDING"


class Outcome(StrEnum):
    """What became of an order; REJECTED is one whose answer shows no accepted order."""

    EXECUTED = "executed"
    LOST = "lost"
    REJECTED = "rejected"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order of a burst; a time is None when what it tells did not happen.

    `order_id` is None unless the server accepted the order. `findings` says in words each way in
    which the answer or the events are not what was promised.
    """

    reference: str
    order_id: str | None
    sent: float | None
    answered: float | None
    pending_at: float | None
    executed_at: float | None
    pending_occurred: float | None
    executed_occurred: float | None
    findings: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """How far the order came: an accepted order that is never executed is lost."""
        if self.answered is None:
            return Outcome.UNANSWERED
        if self.order_id is None:
            return Outcome.REJECTED
        return Outcome.LOST if self.executed_at is None else Outcome.EXECUTED

    @property
    def in_disorder(self) -> bool:
        """Whether EXECUTED was announced before PENDING; both may have arrived at one moment."""
        return DISORDER in self.findings

    @property
    def answer_time(self) -> float | None:
        """From the order's leaving to its answer's arrival."""
        return _between(self.sent, self.answered)

    @property
    def execution_delay(self) -> float | None:
        """From the answer's arrival to the arrival of the event that says EXECUTED."""
        return _between(self.answered, self.executed_at)

    @property
    def server_delay(self) -> float | None:
        """The execution delay by the server's own record."""
        return _between(self.pending_occurred, self.executed_occurred)

    @property
    def measuring_error(self) -> float | None:
        """How much longer the measured execution delay is than the server's own record says."""
        return _between(self.server_delay, self.execution_delay)

    @property
    def pending_lag(self) -> float | None:
        """From the server's saying that it is PENDING to the arrival of that event."""
        return _between(self.pending_occurred, self.pending_at)

    @property
    def executed_lag(self) -> float | None:
        """From the server's saying that it is EXECUTED to the arrival of that event."""
        return _between(self.executed_occurred, self.executed_at)


@dataclass(frozen=True, slots=True)
class BurstRecord:
    """Orders placed at the same time, and all that was seen of them.

    `started_at` is the wall clock at the start signal. `stream_findings` says what was wrong with
    the event stream as a whole.
    """

    base_url: str
    started_at: datetime
    orders: tuple[OrderRecord, ...]
    stream_findings: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that was not as promised, in words that name the orders; empty if all was."""
        references: dict[str, list[str]] = defaultdict(list)
        for order in self.orders:
            for finding in order.findings:
                references[finding].append(order.reference)
        of_orders = (f"{finding}: {named(names)}" for finding, names in references.items())
        return (*self.stream_findings, *of_orders)


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start


def named(references: Sequence[str]) -> str:
    """The orders in one line: the first few by name, the others by number."""
    first = ", ".join(references[:_NAMED])
    more = len(references) - _NAMED
    return f"{first} and {more} more" if more > 0 else first
