"""A clock that stands still until a test moves it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

_START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
# After so many turns of the event loop nothing in this server has anything left to do.
_TURNS_TO_SETTLE = 25


async def settle() -> None:
    for _ in range(_TURNS_TO_SETTLE):
        await asyncio.sleep(0)


class VirtualClock:
    def __init__(self) -> None:
        self._elapsed = 0.0
        self._timers: list[tuple[float, int, Callable[[], object]]] = []
        self._order = count()

    def monotonic(self) -> float:
        return self._elapsed

    def now(self) -> datetime:
        return _START + timedelta(seconds=self._elapsed)

    def call_later(self, seconds: float, callback: Callable[[], object]) -> object:
        timer = (self._elapsed + seconds, next(self._order), callback)
        heappush(self._timers, timer)
        return timer

    async def advance(self, seconds: float) -> None:
        """Lets time pass; whatever falls due on the way happens, in its order."""
        await settle()
        end = self._elapsed + seconds
        while self._timers and self._timers[0][0] <= end:
            self.fire_next()
            await settle()
        self._elapsed = end

    def fire_next(self) -> None:
        """Jumps to the next timer and fires it; what it wakes has not run yet."""
        due, _, callback = heappop(self._timers)
        self._elapsed = max(self._elapsed, due)
        callback()
