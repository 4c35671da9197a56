"""Subscribing to the order events of a server during a burst."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Self

import aiohttp

from driver import Contract, EventStream, OrderStatus, ReceivedEvent, ServerUnreachable
from perf.connections import ClockedConnector

_FINAL = {OrderStatus.EXECUTED, OrderStatus.CANCELLED}


class Subscriber:
    """Records the events of a server; `finished` is called when an awaited order is final.

    Use `connect`, then let `record` run as a task beside the burst.
    """

    def __init__(self, contract: Contract, finished: Callable[[], None]) -> None:
        self._request = contract.requests.subscribe()
        self._frames = EventStream(contract.frames)
        self._connector = ClockedConnector()
        self._session = aiohttp.ClientSession(connector=self._connector)
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._finished = finished
        self._final: set[str] = set()
        self._awaited: set[str] = set()
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

    async def connect(self, base_url: str, patience: float) -> None:
        """Subscribes, and returns when the server has confirmed it by its hello, if it has one.

        Raises ServerUnreachable, also after `patience` seconds, or ContractViolation.
        """
        try:
            async with asyncio.timeout(patience):
                self._socket = await self._session.ws_connect(
                    base_url + self._request.path, headers=self._request.headers
                )
                await self._await_hello(base_url, self._socket)
        except TimeoutError:
            raise ServerUnreachable(base_url, "it greets no subscriber") from None
        except aiohttp.ClientConnectorError as error:
            raise ServerUnreachable(base_url, error.os_error) from None
        except (aiohttp.ClientError, OSError) as error:
            raise ServerUnreachable(base_url, error) from None

    def outstanding(self, order_ids: set[str]) -> Callable[[], int]:
        """Starts to await the final events of these orders; returns how many are not yet there.

        Zero once the stream has ended.
        """
        self._awaited = set() if self._end else order_ids - self._final
        return lambda: len(self._awaited)

    async def record(self) -> None:
        """Records until the stream ends."""
        assert self._socket is not None, "connect first"
        async for message in self._socket:
            # The frames of one read are all taken before the loop reads again, so that the
            # clock still shows their time.
            self._take(message, self._connector.clock.read_at)
        self._end = (f"The server ended the event stream ({self._socket.close_code})",)
        self._awaited.clear()
        self._finished()

    async def _await_hello(self, base_url: str, socket: aiohttp.ClientWebSocketResponse) -> None:
        while self._frames.hello is None:
            frame = await socket.receive()
            if frame.type is not aiohttp.WSMsgType.TEXT:
                raise ServerUnreachable(base_url, "it ends the event stream without a hello")
            self._take(frame, self._connector.clock.read_at)
            for violation in self._frames.violations:
                raise violation

    def _take(self, message: aiohttp.WSMessage, received: float) -> None:
        if message.type is not aiohttp.WSMsgType.TEXT:
            self._frames.take_binary(message.data)
            return
        for event in self._frames.take(message.data, received):
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
        if self._socket is not None:
            await self._socket.close()
        await self._session.close()
