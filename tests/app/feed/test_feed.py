"""Any feed: one order for all, the seam between replay and live, and misbehaving subscribers."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.feed import Ending, Subscription, UnknownPosition
from tests.app.keeping import Keeping, received

pytestmark = pytest.mark.anyio


async def test_everyone_receives_every_event_in_one_order(keeping: Keeping) -> None:
    async with keeping() as state:
        subscriptions = [await state.feed.subscribe() for _ in range(3)]
        await state.publish(5)
        for subscription in subscriptions:
            assert await received(subscription, 5) == [1, 2, 3, 4, 5]


async def test_what_waits_is_taken_together_and_then_acknowledged(keeping: Keeping) -> None:
    async with keeping() as state:
        subscription = await state.feed.subscribe()
        await state.publish(70)
        frames = await subscription.batch(1)
        first, second = await subscription.batch(), await subscription.batch()
    frames += [*first, *second]
    assert [frame.sequence for frame in frames] == list(range(1, len(frames) + 1))
    assert subscription.delivered == 1 + len(first)


async def test_a_subscription_that_has_ended_has_no_more_frames(keeping: Keeping) -> None:
    async with keeping(queue_size=1) as state:
        subscription = await state.feed.subscribe()
        await state.publish(2)
        subscription.end(Ending.SLOW_CONSUMER)
        assert await subscription.batch() == []


async def test_an_event_wakes_a_subscriber_that_waits(keeping: Keeping) -> None:
    async with keeping() as state:
        waiting = asyncio.create_task(received(await state.feed.subscribe(), 1))
        await asyncio.sleep(0)
        await state.publish(1)
        assert await waiting == [1]


@given(
    before=st.integers(0, 30),
    replayed=st.integers(0, 30),
    while_replaying=st.lists(st.integers(0, 3), max_size=20),
)
@settings(max_examples=10)
async def test_between_replay_and_live_there_is_neither_gap_nor_duplicate(
    keeping: Keeping, before: int, replayed: int, while_replaying: list[int]
) -> None:
    async with keeping() as state:
        await state.publish(before)
        since = max(0, before - replayed)
        subscription = await state.feed.subscribe(since)
        assert subscription.sequence == since

        total = before + sum(while_replaying)
        got: list[int] = []
        for burst in while_replaying:
            await state.publish(burst)
            if len(got) < total - since and since + len(got) < before:
                got += await received(subscription, 1)
        got += await received(subscription, total - since - len(got))
    assert got == list(range(since + 1, total + 1))


async def test_whoever_joins_while_events_are_published_misses_none(keeping: Keeping) -> None:
    async with keeping() as state:
        publishing = asyncio.create_task(state.publish(50))
        subscriptions = []
        while not publishing.done():
            subscriptions.append(await state.feed.subscribe())
            await asyncio.sleep(0)
        for subscription in (*subscriptions, await state.feed.subscribe(0)):
            expected = list(range(subscription.sequence + 1, 51))
            assert await received(subscription, len(expected)) == expected


@given(published=st.integers(0, 12), history=st.integers(0, 8), since=st.integers(0, 20))
@settings(max_examples=10)
async def test_a_position_is_known_exactly_while_its_successors_are_kept(
    keeping: Keeping, published: int, history: int, since: int
) -> None:
    async with keeping(history=history) as state:
        await state.publish(published)
        oldest = max(0, published - history)
        if oldest <= since <= published:
            replay = await received(await state.feed.subscribe(since), published - since)
            assert replay == list(range(since + 1, published + 1))
        else:
            where = "ahead of the stream" if since > published else "before the kept history"
            with pytest.raises(UnknownPosition, match=where):
                await state.feed.subscribe(since)


async def test_a_slow_subscriber_is_cut_and_told_where_to_resume(keeping: Keeping) -> None:
    async with keeping(queue_size=3) as state:
        slow, healthy = await state.feed.subscribe(), await state.feed.subscribe()
        await state.publish(2)
        assert await received(slow, 2) == [1, 2]
        await received(healthy, 2)
        for _ in range(6):
            await state.publish(1)
            await received(healthy, 1)
        assert healthy.ending is None
        assert slow.ending is Ending.SLOW_CONSUMER
        assert slow.delivered == 1, "frame 2 was handed out, but nobody said it was dealt with"
        assert await slow.batch() == []
        assert slow.delivered == 2
        resumed = await state.feed.subscribe(slow.delivered)
        assert await received(resumed, 3) == [3, 4, 5]


async def test_a_queue_holds_as_many_events_as_it_may_and_no_more(keeping: Keeping) -> None:
    async with keeping(queue_size=3) as state:
        subscription, witness = await state.feed.subscribe(), await state.feed.subscribe()
        await state.publish(3)
        await received(witness, 3)
        assert subscription.ending is None
        await state.publish(1)
        await received(witness, 1)
        assert subscription.ending is Ending.SLOW_CONSUMER


async def test_a_replay_longer_than_the_queue_is_not_slow(keeping: Keeping) -> None:
    async with keeping(queue_size=2) as state:
        await state.publish(50)
        subscription = await state.feed.subscribe(since=0)
        await state.publish(2)
        assert await received(subscription, 52) == list(range(1, 53))


async def test_a_subscriber_that_left_receives_nothing_more(keeping: Keeping) -> None:
    async with keeping(queue_size=1) as state:
        leaving, staying = await state.feed.subscribe(), await state.feed.subscribe()
        state.feed.unsubscribe(leaving)
        state.feed.unsubscribe(leaving)
        for number in (1, 2):
            await state.publish(1)
            assert await received(staying, 1) == [number]
        assert leaving.ending is None, "a queue that filled up would have ended it"


@given(st.lists(st.integers(0, 3), max_size=30))
@settings(max_examples=10)
async def test_subscribers_that_come_and_go_disturb_nobody(
    keeping: Keeping, visits: list[int]
) -> None:
    async with keeping() as state:
        faithful = await state.feed.subscribe()
        visitors: list[Subscription] = []
        for visit in visits:
            if visit == 0 and visitors:
                state.feed.unsubscribe(visitors.pop())
            else:
                visitors.append(await state.feed.subscribe(since=0))
            await state.publish(1)
        assert await received(faithful, len(visits)) == list(range(1, len(visits) + 1))


async def test_dismissing_ends_every_subscription_those_to_come_too(keeping: Keeping) -> None:
    async with keeping() as state:
        waiting = await state.feed.subscribe()
        task = asyncio.create_task(waiting.batch())
        await asyncio.sleep(0)
        state.feed.dismiss()
        late = await state.feed.subscribe()
        assert await task == []
        assert await late.batch() == []
        assert waiting.ending is late.ending is Ending.FEED_CLOSED


async def test_each_feed_is_another_stream(keeping: Keeping) -> None:
    async with keeping() as one, keeping() as other:
        streams = [(await state.feed.subscribe()).stream_id for state in (one, other, one)]
    assert streams[0] == streams[2] != streams[1]
