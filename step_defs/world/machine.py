"""What network and machine add to a time, measured all the while with requests that nobody delays.

How long such a request takes tells how late the server's timers fire, how long a request waits to
be read and an answer to be sent, and how late our own threads wake up, at that moment.
"""

import threading
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from driver import Capability, DriverError, TradingPort
from driver.reach import reach

NOW_AND_THEN = 0.05
"""Seconds between two knocks beside other scenarios: they cost processor time."""

MANY = 40
"""Simultaneous requests from which on it is measured meanwhile what the machine adds to them."""

CLOSELY = 0.01
"""Seconds between two knocks on a quiet machine."""

NEAR = 0.05
"""Seconds around a moment whose knocks tell what the machine was like."""

USUAL = 0.9


@dataclass(frozen=True, slots=True)
class Knocks:
    """What knocks took, those of one period, in the order in which they were made."""

    began: Sequence[float]
    ended: Sequence[float]

    @property
    def usual(self) -> float:
        """What nine in ten of them took at most, in seconds; 0 without any.

        Who has many requests meets the slow moments of a busy machine more often than a few knocks.
        """
        took = sorted(end - begin for begin, end in zip(self.began, self.ended, strict=True))
        return took[int(USUAL * (len(took) - 1))] if took else 0.0

    def longest_at(self, moment: float) -> float:
        """The longest one around a moment of `time.perf_counter`, in seconds; 0 without any."""
        first = bisect_left(self.ended, moment - NEAR)
        end = bisect_right(self.began, moment + NEAR)
        return max((self.ended[each] - self.began[each] for each in range(first, end)), default=0.0)

    def between(self, start: float, end: float) -> "Knocks":
        """Those that went on at any time between the two moments."""
        those = slice(bisect_left(self.ended, start), bisect_right(self.began, end))
        return Knocks(self.began[those], self.ended[those])


class Machine:
    """Knocks at the server again and again while it is watched, and keeps what that took.

    `knock` asks the server for something that it does not delay. A time begins when the knock was
    due, so that a thread that wakes up late counts, too.
    """

    def __init__(self, knock: Callable[[], object]) -> None:
        self._knock = knock
        self._began: list[float] = []
        self._ended: list[float] = []
        self._lock = threading.Lock()
        self._stopped: threading.Event | None = None

    def watch(self, pause: float = NOW_AND_THEN) -> None:
        """Knocks until `stop`, with so many seconds in between."""
        if self._stopped is None:
            self._stopped = threading.Event()
            watching = partial(self._watch, pause, self._stopped)
            threading.Thread(target=watching, daemon=True).start()

    def watch_if_many(self, requests: Sequence[object]) -> None:
        """Knocks until `stop` if so many simultaneous requests are worth being measured."""
        if len(requests) >= MANY:
            self.watch()

    def stop(self) -> None:
        """Knocks no more; what was measured stays."""
        if self._stopped is not None:
            self._stopped.set()
            self._stopped = None

    @contextmanager
    def watched(self, pause: float = CLOSELY) -> Iterator[None]:
        """Knocks meanwhile."""
        self.stop()
        self.watch(pause)
        try:
            yield
        finally:
            self.stop()

    @property
    def knocks(self) -> Knocks:
        """All knocks until now."""
        with self._lock:
            return Knocks(tuple(self._began), tuple(self._ended))

    def _watch(self, pause: float, stopped: threading.Event) -> None:
        due = time.perf_counter() + pause
        while not stopped.wait(max(0.0, due - time.perf_counter())):
            with suppress(DriverError):  # whatever it is, the scenarios about it will tell
                self._knock()
            with self._lock:
                self._began.append(due)
                self._ended.append(time.perf_counter())
            due = time.perf_counter() + pause


def knocking(port: TradingPort, base_url: str, timeout: float) -> Machine:
    """Knocks by checking the server's health, where it offers that, else by connecting only."""
    if port.offers(Capability.HEALTH):
        return Machine(port.check_health)
    return connecting(base_url, timeout)


def connecting(base_url: str, timeout: float) -> Machine:
    """Knocks by connecting only, for `timeout` seconds at most: what client and network take."""
    return Machine(partial(reach, base_url, timeout))
