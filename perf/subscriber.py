"""Following the order events of a server during a burst."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Self

import aiohttp

from driver import ContractViolation, Hello, OrderEvent, OrderStatus, ReceivedEvent, wire
from driver.errors import ServerUnreachable
from perf.connections import ClockedConnector

_FINAL = {OrderStatus.EXECUTED, OrderStatus.CANCELLED}


class Subscriber:
    """Records the events of a server; `finished` is called when an awaited order is final.

    Use `connect`, then let `record` run as a task beside the burst.
    """

    def __init__(self, finished: Callable[[], None]) -> None:
        self._connector = ClockedConnector()
        self._session = aiohttp.ClientSession(connector=self._connector)
        self._stream: aiohttp.ClientWebSocketResponse | None = None
        self._finished = finished
        self._final: set[str] = set()
        self._awaited: set[str] = set()
        self._ended = False
        self._findings: Counter[str] = Counter()
        self.events: list[ReceivedEvent] = []

    @property
    def findings(self) -> tuple[str, ...]:
        """What was wrong with the stream as a whole, each thing once."""
        return tuple(
            finding if count == 1 else f"{finding} ({count} times)"
            for finding, count in self._findings.items()
        )

    async def connect(self, base_url: str, patience: float) -> None:
        """Subscribes, and returns when the server has confirmed it by its hello.

        Raises ServerUnreachable, also after `patience` seconds, or ContractViolation.
        """
        first = await self._first_frame(base_url, patience)
        if first.type is not aiohttp.WSMsgType.TEXT:
            raise ServerUnreachable(base_url, "it ends the event stream without a hello")
        if not isinstance(wire.read_frame(first.data), Hello):
            raise ContractViolation("The event stream", ("hello is the first frame",), first.data)

    def outstanding(self, order_ids: set[str]) -> Callable[[], int]:
        """Starts to await the final events of these orders; returns how many are not yet there.

        None is, once the stream has ended.
        """
        self._awaited = set() if self._ended else order_ids - self._final
        return lambda: len(self._awaited)

    async def record(self) -> None:
        """Records until the stream ends."""
        assert self._stream is not None, "connect first"
        async for message in self._stream:
            # The frames of one read are all taken before the loop reads again, so that the
            # clock still shows their time.
            self._take(message, self._connector.clock.read_at)
        self._ended = True
        self._findings[f"The server ended the event stream ({self._stream.close_code})"] += 1
        self._awaited.clear()
        self._finished()

    async def _first_frame(self, base_url: str, patience: float) -> aiohttp.WSMessage:
        url = base_url + wire.events_path(None)
        try:
            async with asyncio.timeout(patience):
                self._stream = await self._session.ws_connect(url)
                return await self._stream.receive()
        except TimeoutError:
            raise ServerUnreachable(base_url, "it greets no subscriber") from None
        except aiohttp.ClientConnectorError as error:
            raise ServerUnreachable(base_url, error.os_error) from None
        except (aiohttp.ClientError, OSError) as error:
            raise ServerUnreachable(base_url, error) from None

    def _take(self, message: aiohttp.WSMessage, received: float) -> None:
        if message.type is not aiohttp.WSMsgType.TEXT:
            self._findings["The event stream holds a frame that is no text"] += 1
            return
        try:
            frame = wire.read_frame(message.data)
        except ContractViolation as violation:
            self._findings[f"{violation.where}: {'; '.join(violation.findings)}"] += 1
            return
        if not isinstance(frame, OrderEvent):
            self._findings["The event stream says hello more than once"] += 1
            return
        self.events.append(ReceivedEvent(frame, received))
        if frame.status in _FINAL:
            self._note_final(frame.order_id)

    def _note_final(self, order_id: str) -> None:
        self._final.add(order_id)
        if order_id in self._awaited:
            self._awaited.remove(order_id)
            self._finished()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._stream is not None:
            await self._stream.close()
        await self._session.close()
