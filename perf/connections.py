"""Requests that wait at a gate with their connection open, and times taken at the socket.

aiohttp tells of an answer when its task is woken, which may be long after the bytes were read
when hundreds of answers arrive together. A SocketClock takes the time in between, at the read.
"""

import asyncio
import time
from collections.abc import Callable
from itertools import islice

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client import ClientTimeout
from aiohttp.connector import Connection
from aiohttp.http import StreamWriter
from aiohttp.tracing import Trace

_ORDERS_PER_TURN = 50


class SocketClock(asyncio.Protocol):
    """Notes when its transport last read from the socket, before anything is parsed.

    It takes the place of the transport's protocol and hands everything on to it. `read_at` is a
    time of `time.perf_counter`.
    """

    def __init__(self, transport: asyncio.Transport | None) -> None:
        assert transport is not None, "the connection is closed"
        protocol = transport.get_protocol()
        assert isinstance(protocol, asyncio.Protocol)
        self._protocol = protocol
        self.read_at = time.perf_counter()
        transport.set_protocol(self)

    def data_received(self, data: bytes) -> None:
        """Notes the time."""
        self.read_at = time.perf_counter()
        self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        """Forwards the call."""
        return self._protocol.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forwards the call."""
        self._protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        """Forwards the call."""
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        """Forwards the call."""
        self._protocol.resume_writing()


class ClockedConnector(aiohttp.TCPConnector):
    """Opens connections that have a clock; `clock` is that of the newest one."""

    clock: SocketClock

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 - as the base class has it
    ) -> Connection:
        """An ordinary connection, with its clock running."""
        connection = await super().connect(req, traces, timeout)
        self.clock = SocketClock(connection.transport)
        return connection


class StartingGate:
    """Where requests wait for the start signal; `arrived` is called whenever one comes to wait."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def waiting(self) -> int:
        """How many requests have come to the gate."""
        return len(self._waiting)

    async def wait(self) -> None:
        """Waits for the start signal."""
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._arrived()
        await place

    async def open(self) -> None:
        """Gives the start signal."""
        places = iter(self._waiting)
        while turn := list(islice(places, _ORDERS_PER_TURN)):
            for place in turn:
                if not place.done():
                    place.set_result(None)
            # Answers to the first orders may arrive while the last are still leaving: without
            # a turn of the loop in between they would be read, and timed, too late.
            await asyncio.sleep(0)


class GatedBody(aiohttp.BytesPayload):
    """The body of a request that waits at `gate` once its connection is open.

    aiohttp keeps the headers back until the first byte of the body, so that the whole request
    leaves in one write when the gate opens. `sent_at` is None until then.
    """

    clock: SocketClock

    def __init__(self, body: bytes, gate: StartingGate) -> None:
        super().__init__(body)
        self._gate = gate
        self.sent_at: float | None = None

    async def write_with_length(
        self, writer: AbstractStreamWriter, content_length: int | None
    ) -> None:
        """Waits for the start signal and sends."""
        assert isinstance(writer, StreamWriter)
        self.clock = SocketClock(writer.transport)
        await self._gate.wait()
        self.sent_at = time.perf_counter()
        await super().write_with_length(writer, content_length)
