"""Time: the only module that draws random delays, waits for them, and tells what time it is."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol
from weakref import WeakSet


class Clock(Protocol):
    """Where time comes from; tests bring one that they move by hand."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""

    def now(self) -> datetime:
        """The present time in UTC, never earlier than it said before."""

    def call_later(self, seconds: float, callback: Callable[[], object]) -> object:
        """Calls back once, in the running event loop."""


_FEWEST, _MOST = 16, 500
_CALLS_A_SECOND = 3000
"""How many calls are made for each second that the event loop has spent on anything else."""


class SystemClock:
    """The machine's time.

    When many calls are due at once, each turn of the event loop makes some of them. What a turn has
    done is told to subscribers at its end: after few calls they are told soon, and their queues
    hold it. Where turns take long, because requests or subscribers are many, more are made in each,
    lest calls come late.
    """

    def __init__(self) -> None:
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._due: deque[Callable[[], object]] = deque()
        self._left_at = 0.0

    def monotonic(self) -> float:
        """Seconds of the finest monotonic clock."""
        return time.perf_counter()

    def now(self) -> datetime:
        """UTC; stands still while the machine's wall clock is set back."""
        self._latest = max(self._latest, datetime.now(UTC))
        return self._latest

    def call_later(self, seconds: float, callback: Callable[[], object]) -> object:
        """Uses the timers of the running event loop."""
        return asyncio.get_running_loop().call_later(seconds, self._line_up, callback)

    def _line_up(self, callback: Callable[[], object]) -> None:
        if not self._due:
            self._left_at = self.monotonic()
            asyncio.get_running_loop().call_soon(self._call)
        self._due.append(callback)

    def _call(self) -> None:
        elsewhere = self.monotonic() - self._left_at
        calls = min(max(_FEWEST, int(elsewhere * _CALLS_A_SECOND)), _MOST, len(self._due))
        try:
            for _ in range(calls):
                self._due.popleft()()
        finally:  # one that fails must not keep the others from being made
            self._left_at = self.monotonic()
            if self._due:
                asyncio.get_running_loop().call_soon(self._call)


class Delay:
    """One drawn delay; it runs from the moment it was drawn."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = clock
        self._due = clock.monotonic() + seconds
        self._waiting: asyncio.Future[None] | None = None

    async def over(self) -> None:
        """Returns when the delay is over, never earlier; at once if it is over already."""
        # Event loops may wake a little early (15 ms on Windows), hence the loop.
        while (remaining := self._due - self._clock.monotonic()) > 0:
            self._waiting = asyncio.get_running_loop().create_future()
            self._clock.call_later(remaining, self._wake)
            await self._waiting

    def end(self) -> None:
        """Makes the delay be over now."""
        self._due = self._clock.monotonic()
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class Delays:
    """Draws delays from one range; with a seed, the same ones in each run. Times in seconds.

    Another kind of delay is made by a subclass with another `seconds`.
    """

    def __init__(
        self, minimum: float, maximum: float, *, seed: int | None = None, clock: Clock | None = None
    ) -> None:
        self.minimum = minimum
        self.maximum = maximum
        self.clock = clock or SystemClock()
        self._random = random.Random(seed)  # noqa: S311 - simulates, does not protect
        self._drawn = WeakSet[Delay]()
        self._ended = False

    def now(self) -> datetime:
        """The present time in UTC."""
        return self.clock.now()

    def draw(self) -> Delay:
        """A delay that begins now."""
        delay = Delay(0.0 if self._ended else self.seconds(), self.clock)
        self._drawn.add(delay)
        return delay

    def seconds(self) -> float:
        """How long the next delay is."""
        return self._random.uniform(self.minimum, self.maximum)

    def end_all(self) -> None:
        """Makes every delay be over now, those drawn later too, so that a server can stop."""
        self._ended = True
        for delay in list(self._drawn):
            delay.end()
