"""What must hold of every stream of order events, whatever a scenario is about.

Each check is a pure function from what was received to findings; none means that it holds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, pairwise

from bdd import Rule
from driver import OrderEvent, OrderStatus, Subscription
from step_defs.world import rules
from step_defs.world.mismatches import EventsWrong
from step_defs.world.subscribers import hello_of

_NEXT = {
    OrderStatus.PENDING: {OrderStatus.EXECUTED, OrderStatus.CANCELLED},
    OrderStatus.EXECUTED: set[OrderStatus](),
    OrderStatus.CANCELLED: set[OrderStatus](),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a stream of events: the promise that it breaks, and how.

    `order_id` is the order that the event at fault is about, if there is one.
    """

    rule: Rule
    what: str
    got: str
    order_id: str | None = None


def gaps(
    start: int,
    events: Sequence[OrderEvent],
    others: Sequence[Sequence[OrderEvent]] = (),
    alone: Rule = rules.SAME_FOR_ALL,
) -> Iterator[Finding]:
    """The sequence grows by exactly 1 from `start`, which hello told.

    What `others` received shows whether the numbering is wrong, or this subscriber `alone` was
    told something else, or in another sequence: that is about the subscriber, whoever placed the
    order.
    """
    before = start
    for event in events:
        due, came = before + 1, event.sequence
        if came != due:
            in_sequence = _has(others, due) or _has_step(others, came - 1, came)
            by_itself = in_sequence and not _has_step(others, before, came)
            yield Finding(
                alone if by_itself else rules.NUMBERING,
                _NOT_AS_OTHERS if by_itself else _NOT_NUMBERED,
                f"event {came} came where {due} was due",
                None if by_itself else event.order_id,
            )
        before = came


def _has(received: Sequence[Sequence[OrderEvent]], number: int) -> bool:
    return any(event.sequence == number for each in received for event in each)


def _has_step(received: Sequence[Sequence[OrderEvent]], before: int, then: int) -> bool:
    pairs = (pair for each in received for pair in pairwise(each))
    return any((a.sequence, b.sequence) == (before, then) for a, b in pairs)


_NOT_NUMBERED = "The numbers of the events do not increase by 1"
_NOT_AS_OTHERS = "A subscriber did not receive the events that another one received"


def illegal_transitions(events: Sequence[OrderEvent]) -> Iterator[Finding]:
    """Each order is PENDING first, then EXECUTED or CANCELLED, then nothing.

    Events may begin in the middle of an order's life, so the first one of an order that is not
    PENDING is taken as it is.
    """
    last: dict[str, OrderStatus] = {}
    for event in events:
        before = last.get(event.order_id)
        if before is not None and event.status not in _NEXT[before]:
            yield _illegal(event, before)
        last[event.order_id] = event.status
        yield from _wrong_previous_status(event, before)


def are_both(statuses: Collection[OrderStatus]) -> bool:
    """Whether these statuses of one order say that it was executed and cancelled."""
    return {OrderStatus.EXECUTED, OrderStatus.CANCELLED} <= set(statuses)


def _illegal(event: OrderEvent, before: OrderStatus) -> Finding:
    both = are_both((before, event.status))
    return Finding(
        rules.NEVER_BOTH if both else rules.STATUS_SEQUENCE,
        "An order was both executed and cancelled"
        if both
        else "The statuses of an order came in the wrong order",
        f"order {event.order_id} became {event.status} after {before}",
        event.order_id,
    )


def _wrong_previous_status(event: OrderEvent, before: OrderStatus | None) -> Iterator[Finding]:
    """An event that tells truly `before` what an order was is right, though that may be illegal."""
    promised = None if event.status is OrderStatus.PENDING else OrderStatus.PENDING
    is_true = before is not None and event.previous_status is before
    if event.previous_status is not promised and not is_true:
        yield Finding(
            rules.EVENT_FORM,
            "An event tells the wrong previous status",
            f"event {event.sequence} says that order {event.order_id} was "
            f"{event.previous_status} before {event.status}, not {promised}",
            event.order_id,
        )


def times_in_disorder(events: Sequence[OrderEvent]) -> Iterator[Finding]:
    """No order's status is assigned before its earlier one.

    The times of statuses that came in the wrong order may be right.
    """
    last: dict[str, OrderEvent] = {}
    for event in events:
        before = last.get(event.order_id)
        follows = before is not None and event.status in _NEXT[before.status]
        if before and follows and event.occurred_at < before.occurred_at:
            yield Finding(
                rules.EVENT_TIME,
                "The times in the events run backwards",
                f"order {event.order_id} became {event.status} before it was {before.status}",
                event.order_id,
            )
        last[event.order_id] = event


def changed_references(events: Sequence[OrderEvent]) -> Iterator[Finding]:
    """All events of an order carry the same reference."""
    for event in _unlike_the_first(events, lambda each: each.reference):
        yield Finding(
            rules.EVENT_REFERENCE,
            "The events of an order carry different references",
            f"order {event.order_id} changed its reference in event {event.sequence}",
            event.order_id,
        )


def changed_orders(events: Sequence[OrderEvent]) -> Iterator[Finding]:
    """Events that show their order show the same order each time."""
    for event in _unlike_the_first(events, lambda each: each.shown):
        yield Finding(
            rules.EVENT_FORM,
            "The events of an order show different orders",
            f"order {event.order_id} is another one in its {event.status} event",
            event.order_id,
        )


def _unlike_the_first(
    events: Sequence[OrderEvent], told: Callable[[OrderEvent], object]
) -> Iterator[OrderEvent]:
    """The events that tell of their order something else than the first one did."""
    first: dict[str, object] = {}
    for event in events:
        if first.setdefault(event.order_id, told(event)) != told(event):
            yield event


def different_orders(streams: Sequence[Sequence[OrderEvent]]) -> Iterator[Finding]:
    """Subscribers of one stream are told the same event under the same number."""
    first: dict[int, OrderEvent] = {}
    told_as: dict[int, list[OrderEvent]] = defaultdict(list)
    for event in chain.from_iterable(streams):
        known = first.setdefault(event.sequence, event)
        if event is not known and event != known:
            told_as[event.sequence].append(event)
    for sequence, otherwise in sorted(told_as.items()):
        yield Finding(
            rules.SAME_FOR_ALL,
            "Subscribers received different events",
            f"subscribers received different events with number {sequence}",
            min(each.order_id for each in [first[sequence], *otherwise]),
        )


OLD_STREAM = "A restarted server continues the old event stream"


def continued(stream_ids: Iterable[str]) -> Iterator[Finding]:
    """No stream goes on after a restart; of the streams between restarts, these are the IDs.

    Streams without an ID are not told apart.
    """
    for stream_id, lives in Counter(filter(None, stream_ids)).items():
        if lives > 1:
            yield Finding(rules.NEW_STREAM, OLD_STREAM, f"stream {stream_id} before and after it")


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
            rule=rules.NUMBERING,
            got="\n".join([f"{len(events)} events", *(each.got for each in found)]),
        )


def untimed(events: Sequence[OrderEvent]) -> list[OrderEvent]:
    """The events without the times at which this subscriber received them."""
    return [replace(event, occurred_at=_NO_TIME) for event in events]


_NO_TIME = datetime.fromtimestamp(0, UTC)
