"""Servers that serve few subscribers, short histories or short streams only."""

from uuid import uuid4

from app.domain import StatusEvent
from app.edges.messages import serialise_event
from app.feed import InMemoryFeed, Subscription
from app.wiring import Parts
from faults.altering import Query, altering_queries
from faults.fault import OWN_REPLAY, SUBSCRIBED, Fault, ScenarioSet

_MOST = 200
_LARGEST = 10_000


class _ServesTwoHundred(InMemoryFeed):
    """Confirms any subscription, and forgets those beyond the first two hundred."""

    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self._served: set[Subscription] = set()

    async def subscribe(self, since: int | None = None) -> Subscription:
        subscription = await super().subscribe(since)
        if len(self._served) < _MOST:
            self._served.add(subscription)
        else:
            super().unsubscribe(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        self._served.discard(subscription)
        super().unsubscribe(subscription)


class _StreamForEach(InMemoryFeed):
    async def subscribe(self, since: int | None = None) -> Subscription:
        self.stream_id = str(uuid4())
        return await super().subscribe(since)


class _ZeroIsNothing(InMemoryFeed):
    """Takes 0 for no position at all."""

    async def subscribe(self, since: int | None = None) -> Subscription:
        return await super().subscribe(since or None)


def _without_zeros(query: Query) -> Query:
    since = query.get("since", "")
    return query | ({"since": since.rstrip("0") or "0"} if since.isdecimal() else {})


def _starting_over(sequence: int, event: StatusEvent) -> str:
    return serialise_event((sequence - 1) % _LARGEST + 1, event)


FAULTS = (
    Fault(
        "two-hundred-subscribers-served",
        breaks="Every subscriber receives every event, however many there are.",
        about=("order_events: Hundreds of subscribers receive the same events",),
        rule="Order events: All subscribers receive every event",
        parts=Parts(feed=_ServesTwoHundred),
        selection=SUBSCRIBED,
    ),
    Fault(
        "stream-id-for-each-connection",
        breaks="The stream ID is the same on every connection.",
        about=("event_replay: All subscribers are on the same event stream",),
        rule="Event replay: All subscribers are on the same event stream",
        parts=Parts(feed=_StreamForEach),
        selection=SUBSCRIBED,
    ),
    Fault(
        "replay-from-zero-ignored",
        breaks="A replay from 0 gives every event that is kept.",
        about=("event_replay: A replay from 0 delivers every event",),
        rule="Event replay: A replay delivers every missed event",
        parts=Parts(feed=_ZeroIsNothing),
        selection=OWN_REPLAY,
    ),
    Fault(
        "since-loses-its-zeros",
        breaks="A replay from N is confirmed with N.",
        about=("event_replay: A subscriber that missed nothing continues with live events",),
        rule="Event replay: A replay delivers every missed event",
        wrap=altering_queries(_without_zeros),
        selection=OWN_REPLAY,
    ),
    Fault(
        "numbering-starts-over-after-10000",
        breaks="Event numbers grow by 1 for as long as the server runs.",
        about=("order_events: Event numbers go on beyond 10000",),
        rule="Order events: Event numbers increase by exactly 1",
        parts=Parts(serialise_event=_starting_over),
        selection=ScenarioSet(("order_events",), marks="own_server and slow", delays=(0.1, 0.5)),
    ),
)
