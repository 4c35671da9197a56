"""The feed: one order for all, the seam between replay and live, and misbehaving subscribers."""

import asyncio
import gc
from datetime import UTC, datetime
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import OrderStatus, StatusEvent
from app.feed import Ending, InMemoryFeed, Subscription, UnknownPosition
from tests.app.virtual_clock import settle

pytestmark = pytest.mark.anyio

EVENT = StatusEvent("id", None, OrderStatus.PENDING, None, datetime(2026, 1, 2, tzinfo=UTC))


class CountingSerialiser:
    """Writes an event as its number, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, sequence: int, _event: StatusEvent) -> str:
        self.calls += 1
        return str(sequence)


def new_feed(history: int = 100, queue_size: int = 100) -> InMemoryFeed:
    return InMemoryFeed(CountingSerialiser(), history=history, queue_size=queue_size)


async def publish(feed: InMemoryFeed, count: int) -> None:
    for _ in range(count):
        await feed.publish(EVENT)


async def received(subscription: Subscription, count: int) -> list[int]:
    """The numbers of the next frames; fails rather than waits for one that is not there."""
    sequences = []
    for _ in range(count):
        async with asyncio.timeout(5):
            frame = await subscription.next()
        assert frame is not None
        assert frame.text == str(frame.sequence)
        sequences.append(frame.sequence)
    return sequences


async def test_everyone_receives_every_event_in_one_order() -> None:
    feed = new_feed()
    subscriptions = [await feed.subscribe() for _ in range(3)]
    await publish(feed, 5)
    for subscription in subscriptions:
        assert await received(subscription, 5) == [1, 2, 3, 4, 5]


async def test_an_event_is_serialised_once_for_all() -> None:
    serialiser = CountingSerialiser()
    feed = InMemoryFeed(serialiser, history=10, queue_size=10)
    subscriptions = [await feed.subscribe() for _ in range(5)]
    await publish(feed, 3)
    late = await feed.subscribe(since=0)
    for subscription in (*subscriptions, late):
        await received(subscription, 3)
    assert serialiser.calls == 3


async def test_an_event_wakes_a_subscriber_that_waits() -> None:
    feed = new_feed()
    waiting = asyncio.create_task(received(await feed.subscribe(), 1))
    await settle()
    await publish(feed, 1)
    await settle()
    assert waiting.done()


async def test_publishing_never_waits() -> None:
    feed = new_feed(queue_size=1)
    await feed.subscribe()
    for _ in range(3):
        publishing = feed.publish(EVENT)
        with pytest.raises(StopIteration):  # how a coroutine says that it ran to its end
            publishing.send(None)


@given(
    before=st.integers(0, 30),
    replayed=st.integers(0, 30),
    while_replaying=st.lists(st.integers(0, 3), max_size=20),
)
async def test_between_replay_and_live_there_is_neither_gap_nor_duplicate(
    before: int, replayed: int, while_replaying: list[int]
) -> None:
    feed = new_feed()
    await publish(feed, before)
    since = max(0, before - replayed)
    subscription = await feed.subscribe(since)
    assert subscription.sequence == since

    total = before + sum(while_replaying)
    got: list[int] = []
    for burst in while_replaying:
        await publish(feed, burst)
        if len(got) < total - since and since + len(got) < before:
            got += await received(subscription, 1)
    got += await received(subscription, total - since - len(got))
    assert got == list(range(since + 1, total + 1))


@given(published=st.integers(0, 12), history=st.integers(0, 8), since=st.integers(0, 20))
async def test_a_position_is_known_exactly_while_its_successors_are_kept(
    published: int, history: int, since: int
) -> None:
    feed = new_feed(history=history)
    await publish(feed, published)
    oldest = max(0, published - history)
    if oldest <= since <= published:
        assert await received(await feed.subscribe(since), published - since) == list(
            range(since + 1, published + 1)
        )
    else:
        where = "ahead of the stream" if since > published else "before the kept history"
        with pytest.raises(UnknownPosition, match=where):
            await feed.subscribe(since)


async def test_a_slow_subscriber_is_cut_and_told_where_to_resume() -> None:
    feed = new_feed(queue_size=3)
    slow, healthy = await feed.subscribe(), await feed.subscribe()
    await publish(feed, 2)
    assert await received(slow, 2) == [1, 2]
    for _ in range(6):
        await publish(feed, 1)
        await received(healthy, 1)
    assert healthy.ending is None
    assert slow.ending is Ending.SLOW_CONSUMER
    assert slow.delivered == 1, "frame 2 was handed out, but nobody said it was dealt with"
    assert await slow.next() is None
    assert slow.delivered == 2
    resumed = await feed.subscribe(slow.delivered)
    assert await received(resumed, 3) == [3, 4, 5]


async def test_a_queue_holds_as_many_events_as_it_may_and_no_more() -> None:
    feed = new_feed(queue_size=3)
    subscription = await feed.subscribe()
    await publish(feed, 3)
    assert subscription.ending is None
    await publish(feed, 1)
    assert subscription.ending is Ending.SLOW_CONSUMER


class Text(str):
    """Text whose end of life can be observed."""


async def test_a_subscriber_that_was_cut_holds_on_to_nothing() -> None:
    alive = WeakSet[Text]()

    def serialise(sequence: int, _event: StatusEvent) -> str:
        text = Text(sequence)
        alive.add(text)
        return text

    feed = InMemoryFeed(serialise, history=0, queue_size=3)
    subscription = await feed.subscribe()
    await publish(feed, 5)
    gc.collect()
    assert subscription.ending is Ending.SLOW_CONSUMER
    assert len(alive) == 0


async def test_a_replay_longer_than_the_queue_is_not_slow() -> None:
    feed = new_feed(queue_size=2)
    await publish(feed, 50)
    subscription = await feed.subscribe(since=0)
    await publish(feed, 2)
    assert await received(subscription, 52) == list(range(1, 53))


async def test_a_subscriber_that_left_receives_nothing_more() -> None:
    feed = new_feed(queue_size=1)
    leaving, staying = await feed.subscribe(), await feed.subscribe()
    feed.unsubscribe(leaving)
    feed.unsubscribe(leaving)
    await publish(feed, 1)
    assert await received(staying, 1) == [1]
    await publish(feed, 1)
    assert leaving.ending is None, "a queue that filled up would have ended it"


@given(st.lists(st.integers(0, 3), max_size=30))
async def test_subscribers_that_come_and_go_disturb_nobody(visits: list[int]) -> None:
    feed = new_feed()
    faithful = await feed.subscribe()
    visitors: list[Subscription] = []
    for visit in visits:
        if visit == 0 and visitors:
            feed.unsubscribe(visitors.pop())
        else:
            visitors.append(await feed.subscribe(since=0))
        await publish(feed, 1)
    assert await received(faithful, len(visits)) == list(range(1, len(visits) + 1))


async def test_a_long_replay_lets_others_have_their_turn() -> None:
    feed = new_feed(history=1000)
    await publish(feed, 1000)
    replaying = asyncio.create_task(received(await feed.subscribe(since=0), 1000))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not replaying.done()
    await replaying


async def test_dismissing_ends_every_subscription_those_to_come_too() -> None:
    feed = new_feed()
    waiting, late = await feed.subscribe(), None
    task = asyncio.create_task(waiting.next())
    await settle()
    feed.dismiss()
    late = await feed.subscribe()
    assert await task is None
    assert await late.next() is None
    assert waiting.ending is late.ending is Ending.FEED_CLOSED


def test_each_feed_is_another_stream() -> None:
    assert new_feed().stream_id != new_feed().stream_id
