"""Slow connections: proxies between servers and their store, which pass everything on too late."""

import asyncio
import threading
from contextlib import suppress
from typing import Self

from cluster.engine import RedisServer

_PIECE = 65536  # bytes
# Pieces that are due at the same moment would be passed on in any sequence.
_TICK = 1e-6
_START_SECONDS = 5.0


class SlowLine:
    """Passes on what it gets on a port of its own, each piece `delay` seconds late."""

    def __init__(self, engine: RedisServer) -> None:
        self.delay = 0.0
        self._engine = engine
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """What TRADING_STORE is set to."""
        assert self._server is not None, "open it first"
        return f"redis://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        """Begins to listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    def close(self) -> None:
        """Listens no more."""
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Breaks all connections off, and with them what is on its way."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, to_engine = await asyncio.open_connection(sock=self._engine.connect())
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, to_engine}
        self._writers |= ends
        await asyncio.gather(self._pass_on(reader, to_engine), self._pass_on(there, writer))
        self._writers -= ends

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        with suppress(ConnectionError):
            while piece := await source.read(_PIECE):
                due = max(due + _TICK, loop.time() + self.delay)
                loop.call_at(due, _write, target, piece)
        loop.call_at(due + _TICK, target.close)


def _write(target: asyncio.StreamWriter, piece: bytes) -> None:
    if not target.transport.is_closing():
        target.write(piece)


class SlowLines:
    """One for each server, by its number, served by a thread of their own."""

    def __init__(self) -> None:
        self._lines: dict[int, SlowLine] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(_START_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_START_SECONDS)
        self._loop.close()

    def route(self, engine: RedisServer, number: int) -> str:
        """The address of a server's line to the engine."""
        if number not in self._lines:
            line = self._lines[number] = SlowLine(engine)
            asyncio.run_coroutine_threadsafe(line.open(), self._loop).result(_START_SECONDS)
        return self._lines[number].address

    def slow(self, number: int, delay: float) -> None:
        """Delays everything on a line, in each direction, by so many seconds."""
        self._lines[number].delay = delay

    def cut(self, number: int) -> None:
        """Breaks a server's connections off."""
        self._loop.call_soon_threadsafe(self._lines[number].cut)

    async def _close(self) -> None:
        for line in self._lines.values():
            line.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
