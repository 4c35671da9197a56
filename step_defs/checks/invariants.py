"""What must hold of every stream of order events, whatever a scenario is about.

Each check is a pure function from what was received to findings in words; none means it holds.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from driver import OrderEvent, OrderStatus, Subscription
from step_defs.world.mismatches import EventsWrong
from step_defs.world.subscribers import hello_of

_NEXT = {
    OrderStatus.PENDING: {OrderStatus.EXECUTED, OrderStatus.CANCELLED},
    OrderStatus.EXECUTED: set[OrderStatus](),
    OrderStatus.CANCELLED: set[OrderStatus](),
}


def gaps(start: int, events: Sequence[OrderEvent]) -> Iterator[str]:
    """The sequence grows by exactly 1 from `start`, which hello told."""
    expected = start
    for event in events:
        expected += 1
        if event.sequence != expected:
            yield f"event {event.sequence} came where {expected} was due"
            expected = event.sequence


def illegal_transitions(events: Sequence[OrderEvent]) -> Iterator[str]:
    """Each order is PENDING first, then EXECUTED or CANCELLED, then nothing.

    Events may begin in the middle of an order's life, so the first one of an order that is not
    PENDING is taken as it is.
    """
    last: dict[str, OrderStatus] = {}
    for event in events:
        before = last.get(event.order_id)
        if before is not None and event.status not in _NEXT[before]:
            yield f"order {event.order_id} became {event.status} after {before}"
        last[event.order_id] = event.status
        yield from _wrong_previous_status(event)


def _wrong_previous_status(event: OrderEvent) -> Iterator[str]:
    promised = None if event.status is OrderStatus.PENDING else OrderStatus.PENDING
    if event.previous_status is not promised:
        yield (
            f"event {event.sequence} says that order {event.order_id} was "
            f"{event.previous_status} before {event.status}, not {promised}"
        )


def times_in_disorder(events: Sequence[OrderEvent]) -> Iterator[str]:
    """No order's status is assigned before its earlier one."""
    last: dict[str, OrderEvent] = {}
    for event in events:
        before = last.get(event.order_id)
        if before is not None and event.occurred_at < before.occurred_at:
            yield f"order {event.order_id} became {event.status} before it was {before.status}"
        last[event.order_id] = event


def different_orders(streams: Sequence[Sequence[OrderEvent]]) -> Iterator[str]:
    """Subscribers of one stream are told the same event under the same number."""
    told: dict[int, set[OrderEvent]] = defaultdict(set)
    for events in streams:
        for event in events:
            told[event.sequence].add(event)
    for sequence, events_told in sorted(told.items()):
        if len(events_told) > 1:
            yield f"subscribers received different events with number {sequence}"


def changed_references(events: Sequence[OrderEvent]) -> Iterator[str]:
    """All events of an order carry the same reference."""
    references: dict[str, str | None] = {}
    for event in events:
        if references.setdefault(event.order_id, event.reference) != event.reference:
            yield f"order {event.order_id} changed its reference in event {event.sequence}"


def require_numbered(recorder: Subscription, count: int, seconds: float) -> None:
    """At least `count` events arrive, numbered without a gap from hello.

    So many may take their time on a busy machine: they may pause for so many seconds, no longer.
    """
    start = hello_of(recorder).sequence
    while (latest := recorder.last_sequence) < start + count:
        if not recorder.wait(lambda: recorder.last_sequence != latest, seconds):
            break
    events = [each.event for each in recorder.events]
    found = list(gaps(start, events))
    if found or len(events) < count:
        raise EventsWrong(
            "The events are not numbered without gaps" if found else "Events are missing",
            expected=f"{count} events",
            got="\n".join([f"{len(events)} events", *found]),
        )


def findings(recorders: Sequence[Subscription]) -> list[str]:
    """All that is wrong with what the subscribers received."""
    found: list[str] = []
    streams: dict[str, list[Sequence[OrderEvent]]] = defaultdict(list)
    for recorder in recorders:
        found.extend(str(violation) for violation in recorder.violations)
        if recorder.hello is None:
            continue
        events = [received.event for received in recorder.events]
        streams[recorder.hello.stream_id].append(events)
        found.extend(gaps(recorder.hello.sequence, events))
        found.extend(illegal_transitions(events))
        found.extend(times_in_disorder(events))
        found.extend(changed_references(events))
    for of_one_stream in streams.values():
        found.extend(different_orders(of_one_stream))
    return list(dict.fromkeys(found))
