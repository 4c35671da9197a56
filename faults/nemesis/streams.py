"""Whether the event stream is whole, and all subscribers and lists agree with it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from driver import Order, OrderEvent, OrderStatus
from faults.nemesis.history import Connection, History

PENDING, EXECUTED, CANCELLED = OrderStatus
_LIVES = {(PENDING, EXECUTED), (PENDING, CANCELLED)}
_PREVIOUS = {PENDING: None, EXECUTED: PENDING, CANCELLED: PENDING}


def contradictions(history: History) -> Iterator[str]:
    """What is wrong with streams and lists, in sentences."""
    stream, listing = history.replays[0], history.listings[0]
    yield from _numbering("the whole stream", 0, stream)
    yield from _lives(stream)
    for number, replay in enumerate(history.replays[1:], start=2):
        yield from _same(f"the replay of replica {number}", replay, stream)
        if len(replay) < len(stream):
            yield f"the replay of replica {number} has {len(replay)} of {len(stream)} events"
    yield from _list(listing, stream)
    for number, other in enumerate(history.listings[1:], start=2):
        if other != listing:
            yield f"replicas 1 and {number} list different orders"
    yield from _subscribers(history.connections, stream)


def _numbering(whose: str, before: int, events: Sequence[OrderEvent]) -> Iterator[str]:
    for expected, event in enumerate(events, start=before + 1):
        if event.sequence != expected:
            yield f"{whose} has event {event.sequence} where {expected} is due"
            return


def _lives(stream: Sequence[OrderEvent]) -> Iterator[str]:
    statuses: dict[str, list[OrderStatus]] = defaultdict(list)
    for event in stream:
        statuses[event.order_id].append(event.status)
        if event.previous_status is not _PREVIOUS[event.status]:
            yield (
                f"event {event.sequence} says that order {event.order_id} became {event.status} "
                f"after {event.previous_status}"
            )
    for order_id, life in statuses.items():
        if tuple(life) not in _LIVES:
            told = ", ".join(map(str, life))
            yield f"the events of order {order_id} are {told}, not PENDING and one end"


def _same(whose: str, events: Sequence[OrderEvent], stream: Sequence[OrderEvent]) -> Iterator[str]:
    """The first difference between some events and those of the stream with their numbers."""
    for event in events:
        known = stream[event.sequence - 1] if event.sequence <= len(stream) else None
        if event != known:
            yield f"{whose} has another event {event.sequence} than the stream"
            return


def _list(listing: Sequence[Order], stream: Sequence[OrderEvent]) -> Iterator[str]:
    told = {event.order_id: event.status for event in stream}
    listed = {order.order_id: order.status for order in listing}
    if len(listed) < len(listing):
        yield f"the list has {len(listing) - len(listed)} orders twice"
    for order_id in sorted(told.keys() | listed.keys()):
        shown, heard = listed.get(order_id), told.get(order_id)
        if shown is not heard:
            yield (
                f"order {order_id} is {shown or 'missing'} in the list, "
                f"and {heard or 'missing'} in the stream"
            )


def _subscribers(connections: Sequence[Connection], stream: Sequence[OrderEvent]) -> Iterator[str]:
    greeted = [each for each in connections if each.hello]
    identities = {each.hello.stream_id for each in greeted if each.hello}
    if len(identities) > 1:
        yield f"subscribers were greeted by {len(identities)} different streams"
    for each in greeted:
        hello = each.hello
        assert hello is not None, "it was greeted"
        if each.since not in (None, hello.sequence):
            yield f"{each.subscriber} asked for all after {each.since}, not {hello.sequence}"
        events = [received.event for received in each.events]
        yield from _numbering(each.subscriber, hello.sequence, events)
        yield from _same(each.subscriber, events, stream)
    for each in connections:
        if each.hello is None and "since" in each.ending:
            yield f"{each.subscriber} was rejected at position {each.since}: {each.ending}"
