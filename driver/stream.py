"""The event stream of one connection, whatever library carries it."""

import math
import time
from dataclasses import replace

from driver.contract.frames import WHERE, Frames
from driver.errors import ContractViolation
from driver.messages import Hello, OrderEvent, ReceivedEvent

_HARDLY = 0.05
"""Seconds on its way that say nothing of an event: the next one may be as quick as ever."""


class Backlog:
    """How far what was read lags behind what has happened, by the times that the events name.

    The fastest event tells how the server's clock differs from ours.
    """

    def __init__(self) -> None:
        self._fastest = math.inf
        self._newest = self._received = -math.inf

    def take(self, event: ReceivedEvent) -> None:
        """Notes what the newest event took on its way."""
        self._received = event.received
        self._newest = event.received - event.event.occurred_at.timestamp()
        self._fastest = min(self._fastest, self._newest)

    def seconds(self, now: float) -> float:
        """For how long there may still be something to read, if nothing else happens any more."""
        if self._received == -math.inf:
            return 0.0
        lag = self._newest - self._fastest
        return max(0.0, self._received + lag - now) if lag > _HARDLY else 0.0


class EventStream:
    """Reads the frames of one connection: the hello first and once, then events.

    Where the server does not confirm a subscription, it holds from the connection on, and begins
    with the event that comes first. Frames that break the contract are kept in `violations`.
    """

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self.hello = None if frames.greets else Hello("", 0)
        self._count = 0
        self.violations: list[ContractViolation] = []
        self.backlog = Backlog()

    def take(self, frame: str | bytes, received: float) -> list[ReceivedEvent]:
        """Reads a text frame, `received` at that `time.perf_counter`; returns its events."""
        try:
            messages = self._frames.read(frame, time.perf_counter() - received)
        except ContractViolation as violation:
            self.violations.append(violation)
            return []
        events = []
        for message in messages:
            if isinstance(message, Hello):
                self._greet(message, frame)
            elif self.hello is None and self._frames.greets:
                self._violated(_HELLO_FIRST, frame)
            else:
                events.append(ReceivedEvent(self._placed(message), received))
                self.backlog.take(events[-1])
        return events

    def take_binary(self, frame: bytes) -> None:
        """Notes a binary frame, which no contract promises."""
        self._violated("the stream consists of text frames", frame)

    def _placed(self, event: OrderEvent) -> OrderEvent:
        if self._frames.numbers:
            if not self._frames.greets and not self._count:
                self.hello = Hello("", event.sequence - 1)
            self._count += 1
            return event
        self._count += 1
        return replace(event, sequence=self._count)

    def _greet(self, hello: Hello, frame: str | bytes) -> None:
        if self.hello is None:
            self.hello = hello
        else:
            self._violated(_HELLO_FIRST, frame)

    def _violated(self, promise: str, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode(errors="replace")
        self.violations.append(ContractViolation(WHERE, (promise,), text))


_HELLO_FIRST = "hello is the first frame, and comes once"
