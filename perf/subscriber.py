"""The order events of a server during a burst, as the listener's process heard them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Self

from driver import Contract, EventStream, OrderStatus, ReceivedEvent, ServerUnreachable
from perf.listening import Heard, Listener, Stage

_FINAL = {OrderStatus.EXECUTED, OrderStatus.CANCELLED}
_START_SECONDS = 60.0
"""What a busy machine may take to start a process, before anything of the server is waited for."""


class Subscriber:
    """Records the events of a server; `finished` is called when an awaited order is final.

    Use `connect`; from then on the listener hears, and nothing is read here until `catch_up`. Let
    `record` run as a task after that.
    """

    def __init__(self, base_url: str, contract: Contract, finished: Callable[[], None]) -> None:
        self._base_url = base_url
        request = contract.requests.subscribe()
        self._frames = EventStream(contract.frames)
        self._listener = Listener(base_url + request.path, request.headers)
        self._wishes = 0
        self._finished = finished
        self._final: set[str] = set()
        self._awaited: set[str] = set()
        self._ended = False
        self._end: tuple[str, ...] = ()
        self.events: list[ReceivedEvent] = []

    @property
    def findings(self) -> tuple[str, ...]:
        """What was wrong with the stream as a whole, each thing once."""
        violations = Counter(
            f"{each.where}: {'; '.join(each.findings)}" for each in self._frames.violations
        )
        repeated = (
            finding if count == 1 else f"{finding} ({count} times)"
            for finding, count in violations.items()
        )
        return (*repeated, *self._end)

    async def connect(self, patience: float) -> None:
        """Subscribes, and returns when the server has confirmed it by its hello, if it has one.

        Raises ServerUnreachable, also after `patience` seconds, or ContractViolation.
        """
        async with asyncio.timeout(_START_SECONDS):
            await self._next_stage()
        try:
            async with asyncio.timeout(patience):
                if refused := (await self._next_stage()).refused:
                    raise ServerUnreachable(self._base_url, refused)
                await self._await_hello()
        except TimeoutError:
            raise ServerUnreachable(self._base_url, "it greets no subscriber") from None
        self._tell(further=False)

    async def catch_up(self) -> None:
        """Reads what was heard until now."""
        self._tell(further=True)
        while not self._ended and (await self._take()).wishes < self._wishes:
            pass

    def outstanding(self, order_ids: set[str]) -> Callable[[], int]:
        """Starts to await the final events of these orders; returns how many are not yet there.

        Zero once the stream has ended.
        """
        self._awaited = set() if self._ended else order_ids - self._final
        return lambda: len(self._awaited)

    async def record(self) -> None:
        """Records until the stream ends."""
        while not self._ended:
            await self._take()

    def _tell(self, *, further: bool) -> None:
        self._wishes += 1
        self._listener.tell(further=further)

    async def _next_stage(self) -> Stage:
        told = await asyncio.to_thread(self._listener.told)
        assert isinstance(told, Stage), "nothing is told before it is asked for"
        return told

    async def _await_hello(self) -> None:
        self._tell(further=True)
        while self._frames.hello is None:
            await self._take()
            for violation in self._frames.violations:
                raise violation
            if self._ended and self._frames.hello is None:
                cause = "it ends the event stream without a hello"
                raise ServerUnreachable(self._base_url, cause)

    async def _take(self) -> Heard:
        """Reads what is told next."""
        told = await asyncio.to_thread(self._listener.told)
        assert isinstance(told, Heard), "the stages are over"
        for data, received in told.frames:
            self._read(data, received)
        if told.ended is not None:
            self._ended = True
            self._end = (f"The server ended the event stream ({told.ended})",)
            self._awaited.clear()
            self._finished()
        return told

    def _read(self, data: str | bytes, received: float) -> None:
        if isinstance(data, bytes):
            self._frames.take_binary(data)
            return
        for event in self._frames.take(data, received):
            self.events.append(event)
            if event.event.status in _FINAL:
                self._note_final(event.event.order_id)

    def _note_final(self, order_id: str) -> None:
        self._final.add(order_id)
        if order_id in self._awaited:
            self._awaited.remove(order_id)
            self._finished()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._listener.leave)
