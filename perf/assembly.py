"""From what was seen of a burst to its record."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from driver import Life, OrderEvent, OrderStatus, ReceivedEvent
from perf.attempts import Attempt
from perf.checks import event_findings, repeated
from perf.records import OrderRecord


@dataclass(frozen=True, slots=True)
class StartSignal:
    """The moment of the start, on the monotonic clock and on the wall."""

    monotonic: float
    wall: datetime

    @classmethod
    def now(cls) -> Self:
        """This moment."""
        return cls(time.perf_counter(), datetime.now(UTC))

    def since(self, moment: float | None) -> float | None:
        """Seconds from the start to a time of the monotonic clock."""
        return None if moment is None else moment - self.monotonic

    def since_wall(self, moment: datetime) -> float:
        """Seconds from the start to a time on somebody's wall."""
        return (moment - self.wall).total_seconds()


def assemble(
    attempts: Sequence[Attempt], events: Sequence[ReceivedEvent], start: StartSignal
) -> tuple[OrderRecord, ...]:
    """The record of each order, with all that is wrong with it."""
    ids = {attempt.reference: attempt.order.order_id for attempt in attempts if attempt.order}
    shared = repeated(ids.values())
    own = _by_reference(events, {order_id: reference for reference, order_id in ids.items()})
    return tuple(
        _record(attempt, own.get(attempt.reference, ()), shared, start) for attempt in attempts
    )


def _by_reference(
    events: Sequence[ReceivedEvent], references: Mapping[str, str]
) -> Mapping[str | None, Sequence[ReceivedEvent]]:
    """The events of each order, found by the order's id or, if that was never told, by name."""
    grouped: dict[str | None, list[ReceivedEvent]] = defaultdict(list)
    for received in events:
        event = received.event
        grouped[references.get(event.order_id, event.reference)].append(received)
    return grouped


def _record(
    attempt: Attempt, events: Sequence[ReceivedEvent], shared: set[str], start: StartSignal
) -> OrderRecord:
    pending_at, pending_occurred = _times(events, OrderStatus.PENDING, start)
    executed_at, executed_occurred = _times(events, OrderStatus.EXECUTED, start)
    return OrderRecord(
        reference=attempt.reference,
        order_id=attempt.order.order_id if attempt.order else None,
        sent=start.since(attempt.body.sent_at),
        answered=start.since(attempt.answered_at),
        pending_at=pending_at,
        executed_at=executed_at,
        pending_occurred=pending_occurred,
        executed_occurred=executed_occurred,
        findings=(*attempt.findings, *_findings(attempt, [each.event for each in events], shared)),
    )


def _times(
    events: Sequence[ReceivedEvent], status: OrderStatus, start: StartSignal
) -> tuple[float | None, float | None]:
    """When the first event with this status arrived, and when it says that it occurred."""
    received = Life(events).first(status)
    if received is None:
        return None, None
    return start.since(received.received), start.since_wall(received.event.occurred_at)


def _findings(attempt: Attempt, events: Sequence[OrderEvent], shared: set[str]) -> tuple[str, ...]:
    if attempt.order is None:
        answered = attempt.answered_at is not None
        return ("Announced, though the answer shows no order",) if answered and events else ()
    findings = event_findings(attempt.order, events)
    if attempt.order.order_id in shared:
        return ("Another order was given the same id", *findings)
    return findings
