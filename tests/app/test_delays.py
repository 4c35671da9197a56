"""Random delays, on a virtual clock and on the machine's."""

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delays import Delay, Delays, SystemClock
from tests.app.virtual_clock import VirtualClock, settle

pytestmark = pytest.mark.anyio


async def test_a_delay_is_over_when_its_time_has_passed_and_not_before(clock: VirtualClock) -> None:
    waiting = asyncio.create_task(Delay(0.5, clock).over())
    await clock.advance(0.499)
    assert not waiting.done()
    await clock.advance(0.001)
    assert waiting.done()


async def test_a_delay_runs_from_the_moment_it_is_drawn(clock: VirtualClock) -> None:
    delay = Delay(0.5, clock)
    await clock.advance(0.5)
    waiting = asyncio.create_task(delay.over())
    await settle()
    assert waiting.done()


class HastyClock(VirtualClock):
    """Its timers fire early, as those of event loops may."""

    def call_later(self, seconds: float, callback: Callable[[], object]) -> object:
        return super().call_later(seconds / 2, callback)


async def test_a_timer_that_fires_early_does_not_end_a_delay() -> None:
    clock = HastyClock()
    waiting = asyncio.create_task(Delay(1, clock).over())
    await clock.advance(0.999)
    assert not waiting.done()


async def test_ending_all_delays_frees_those_that_wait_and_those_to_come(
    clock: VirtualClock,
) -> None:
    delays = Delays(5, 5, clock=clock)
    waiting = asyncio.create_task(delays.draw().over())
    await settle()
    delays.end_all()
    await settle()
    assert waiting.done()
    await delays.draw().over()
    assert clock.monotonic() == 0


class RecordingClock(VirtualClock):
    """Remembers for how long it was asked to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[float] = []

    def call_later(self, seconds: float, callback: Callable[[], object]) -> object:
        self.asked.append(seconds)
        return super().call_later(seconds, callback)


async def drawn(low: float, high: float, seed: int | None, count: int = 20) -> list[float]:
    clock = RecordingClock()
    delays = Delays(low, high, seed=seed, clock=clock)
    waiting = [asyncio.create_task(delays.draw().over()) for _ in range(count)]
    await settle()
    for task in waiting:
        task.cancel()
    return clock.asked


@given(seed=st.integers(), bounds=st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)).map(sorted))
async def test_delays_lie_in_their_range_and_repeat_with_the_seed(
    seed: int, bounds: list[float]
) -> None:
    low, high = bounds
    delays = await drawn(low, high, seed)
    assert all(low <= seconds <= high for seconds in delays)
    assert delays == await drawn(low, high, seed)


async def test_delays_without_a_seed_vary() -> None:
    delays = await drawn(0.1, 1, seed=None)
    assert len(set(delays)) == len(delays)
    assert delays != await drawn(0.1, 1, seed=None)


async def test_on_the_machines_clock_a_delay_is_never_short() -> None:
    clock = SystemClock()
    began = clock.monotonic()
    await Delay(0.02, clock).over()
    assert clock.monotonic() - began >= 0.02


def test_the_wall_clock_never_runs_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    before = clock.now()

    class SetBack:
        @staticmethod
        def now(_zone: object) -> object:
            return before.replace(year=before.year - 1)

    monkeypatch.setattr("app.delays.datetime", SetBack)
    assert clock.now() == before


@pytest.mark.parametrize(("turn", "most_in_a_turn"), [(0.001, 16), (0.02, 60), (1.0, 500)])
async def test_a_multitude_of_calls_leaves_turns_of_the_loop_to_others(
    turn: float, most_in_a_turn: int
) -> None:
    turns = [0]

    class LongTurns(SystemClock):
        def monotonic(self) -> float:
            return turn * turns[0]

    clock, called, due = LongTurns(), list[int](), 2000
    for number in range(due):
        clock.call_later(0, partial(called.append, number))
    seen = [0]
    async with asyncio.timeout(5):
        while len(called) < due:
            turns[0] += 1
            await asyncio.sleep(0)
            seen.append(len(called))
    assert called == sorted(called)
    assert max(after - before for before, after in pairwise(seen)) == most_in_a_turn


async def test_a_call_that_fails_does_not_keep_others_from_being_made() -> None:
    clock, called, failures = SystemClock(), asyncio.Event(), list[object]()
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: failures.append(context["exception"])
    )

    def fail() -> None:
        raise ValueError("failed on purpose")

    clock.call_later(0, fail)
    clock.call_later(0, called.set)
    async with asyncio.timeout(5):
        await called.wait()
    assert [str(each) for each in failures] == ["failed on purpose"]
