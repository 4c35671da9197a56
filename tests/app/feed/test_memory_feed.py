"""What is promised of the feed in memory alone: what an event costs."""

import asyncio
import gc
from datetime import UTC, datetime
from weakref import WeakSet

import pytest

from app.domain import OrderStatus, StatusEvent
from app.feed import Ending, InMemoryFeed
from tests.app.keeping import numbered, received

pytestmark = pytest.mark.anyio

EVENT = StatusEvent("id", None, OrderStatus.PENDING, None, datetime(2026, 1, 2, tzinfo=UTC))


async def publish(feed: InMemoryFeed, count: int) -> None:
    for _ in range(count):
        await feed.publish(EVENT)


async def test_an_event_is_serialised_once_for_all() -> None:
    serialised: list[int] = []

    def serialise(sequence: int, event: StatusEvent) -> str:
        serialised.append(sequence)
        return numbered(sequence, event)

    feed = InMemoryFeed(serialise, history=10, queue_size=10)
    subscriptions = [await feed.subscribe() for _ in range(5)]
    await publish(feed, 3)
    late = await feed.subscribe(since=0)
    for subscription in (*subscriptions, late):
        await received(subscription, 3)
    assert serialised == [1, 2, 3]


async def test_publishing_never_waits() -> None:
    feed = InMemoryFeed(numbered, history=100, queue_size=1)
    await feed.subscribe()
    for _ in range(3):
        publishing = feed.publish(EVENT)
        with pytest.raises(StopIteration):  # how a coroutine says that it ran to its end
            publishing.send(None)


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


async def test_a_long_replay_lets_others_have_their_turn() -> None:
    feed = InMemoryFeed(numbered, history=1000, queue_size=100)
    await publish(feed, 1000)
    replaying = asyncio.create_task(received(await feed.subscribe(since=0), 1000))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not replaying.done()
    await replaying
