"""Subscribers who vanish, send rubbish, or never read."""

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator

from driver import Contract, DriverError, EventRecorder

_PAUSE = 0.5
_TIMEOUT = 10.0
_SILENT_AT_ONCE = 5
_RUBBISH = ("{", b"\x00\xff", "x" * 1000)


class Mallory:
    """Misbehaves twice a second, in a thread of its own, until it is told to leave."""

    def __init__(self, base_url: str, contract: Contract) -> None:
        self.times = 0
        self._base_url = base_url
        self._contract = contract
        self._silent: list[EventRecorder] = []

    def misbehave(self, leave: threading.Event) -> None:
        """Goes on until `leave` is set; that the server rejects it is no finding."""
        ways: Iterator[Callable[[], None]] = itertools.cycle(
            (self._vanish, self._send_rubbish, self._never_read)
        )
        while not leave.wait(_PAUSE):
            with contextlib.suppress(DriverError):
                next(ways)()
                self.times += 1
        while self._silent:
            self._end_the_oldest()

    def _vanish(self) -> None:
        self._subscribe().lose_connection()

    def _send_rubbish(self) -> None:
        subscription = self._subscribe()
        for frame in _RUBBISH:
            subscription.send(frame)
        subscription.close()

    def _never_read(self) -> None:
        self._silent.append(self._subscribe(reads=False))
        if len(self._silent) > _SILENT_AT_ONCE:
            self._end_the_oldest()

    def _end_the_oldest(self) -> None:
        oldest = self._silent.pop(0)
        oldest.resume_reading()  # or its thread would wait for ever
        oldest.lose_connection()

    def _subscribe(self, *, reads: bool = True) -> EventRecorder:
        return EventRecorder(self._base_url, self._contract, _TIMEOUT, reads=reads).start()
