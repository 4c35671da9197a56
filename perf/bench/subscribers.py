"""Many subscribers that only count, in a process of their own.

They read raw bytes: a client that parsed each frame would be slower than the server that sends it.
"""

import asyncio
import base64
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

from perf.limits import allow_connections

_MARK = b'"sequence":'
_SEQUENCE = re.compile(rb'"sequence":\s*(\d+)')
_ENOUGH_FOR_THE_LAST = 512
_QUIET_SECONDS = 0.5
_CONNECT_SECONDS = 60.0
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Received:
    """What all subscribers received together, the greetings left out.

    `seconds` lie between the first and the last arrival. `complete` says that everybody received
    the same number of events, ending with the same one.
    """

    subscribers: int
    messages: int
    seconds: float
    complete: bool

    @property
    def events(self) -> int:
        """Events per subscriber."""
        return self.messages // self.subscribers

    @property
    def rate(self) -> float:
        """Messages per second."""
        return self.messages / self.seconds if self.seconds else 0.0


class Subscribers:
    """The process, from outside."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def received(self) -> Received:
        """Waits until nothing has arrived for half a second."""
        self._commands.send("report")
        received: Received = self._commands.recv()
        return received


@contextmanager
def subscribed(url: str, count: int) -> Iterator[Subscribers]:
    """`count` subscribers, greeted by the server; they leave at the end."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_run, args=(url, count, theirs), daemon=True)
    process.start()
    try:
        if not ours.poll(_CONNECT_SECONDS) or ours.recv() != "ready":
            raise TimeoutError(f"{count} subscribers of {url} were not greeted in time")
        yield Subscribers(ours)
    finally:
        process.kill()
        process.join()


class _Counter(asyncio.Protocol):
    """One subscriber."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._tail = b""
        self.seen = 0
        self.last_at = 0.0
        self.first_at = 0.0
        self.greeted = asyncio.get_running_loop().create_future()

    @property
    def last_sequence(self) -> bytes:
        found = _SEQUENCE.findall(self._tail)
        return found[-1] if found else b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        keep = len(_MARK) - 1
        self.seen += (self._tail[-keep:] + data).count(_MARK)
        self._tail = (self._tail + data)[-_ENOUGH_FOR_THE_LAST:]
        self.last_at = time.perf_counter()
        if self.greeted.done():
            self.first_at = self.first_at or self.last_at
        elif self.seen:
            self.greeted.set_result(None)


def _run(url: str, count: int, commands: Any) -> None:
    allow_connections(count)
    asyncio.run(_subscribe(url, count, commands))


async def _subscribe(url: str, count: int, commands: Any) -> None:
    counters: list[_Counter] = []
    while len(counters) < count:
        some = min(_AT_ONCE, count - len(counters))
        counters += await asyncio.gather(*(_connect(url) for _ in range(some)))
    commands.send("ready")
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, commands.recv):
        await _quiet(counters)
        commands.send(_report(counters))


async def _connect(url: str) -> _Counter:
    parts = urlsplit(url)
    request = (
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
    )
    loop = asyncio.get_running_loop()
    _, counter = await loop.create_connection(
        lambda: _Counter(request.encode()), parts.hostname or "", parts.port or 80
    )
    await counter.greeted
    return counter


async def _quiet(counters: list[_Counter]) -> None:
    while True:
        idle = time.perf_counter() - max(counter.last_at for counter in counters)
        if idle >= _QUIET_SECONDS:
            return
        await asyncio.sleep(_QUIET_SECONDS - idle)


def _report(counters: list[_Counter]) -> Received:
    arrived = [counter for counter in counters if counter.first_at]
    first = min((counter.first_at for counter in arrived), default=0.0)
    last = max((counter.last_at for counter in arrived), default=0.0)
    return Received(
        subscribers=len(counters),
        messages=sum(counter.seen - 1 for counter in counters),
        seconds=last - first,
        complete=len({(counter.seen, counter.last_sequence) for counter in counters}) == 1,
    )
