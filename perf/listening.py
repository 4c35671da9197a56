"""A process that only reads the event stream and notes when each frame came.

Beside thousands of answers in one process, events would be read late, and a server cuts off who
falls behind. The times are of `time.perf_counter`, which is one clock for all processes of a
machine (CLOCK_MONOTONIC, mach_absolute_time, QueryPerformanceCounter), so they compare exactly
with those that the process of the answers takes.
"""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import aiohttp

from perf.connections import ClockedConnector

_GOODBYE_SECONDS = 2.0
_LEFT = 1006
_FRAMES_AT_ONCE = 500


Frame = tuple[str | bytes, float]
"""One message of the stream, and when the read that brought it was made: plain, to be sent fast."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came since the last telling, and how many wishes the listener had been told by then.

    `ended` is the code with which the stream ended, if it did.
    """

    frames: tuple[Frame, ...]
    ended: int | None
    wishes: int


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a listener is before it hears; `refused` says why there is nothing to hear."""

    open: bool
    refused: str | None = None


class Listener:
    """The process, from outside. It keeps what it hears to itself until it is asked to tell."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        spawn = get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_listen, args=(url, dict(headers), theirs), daemon=True
        )
        self._process.start()
        theirs.close()  # so that the pipe ends with the process

    def tell(self, *, further: bool) -> None:
        """Asks for all that was heard until now and, if `further`, for the rest as it comes."""
        self._pipe.send(further)

    def told(self) -> Stage | Heard:
        """Waits for what it tells next: started; subscribed or refused; and then what it heard.

        When it has left, a stream that has ended.
        """
        try:
            told: Stage | Heard = self._pipe.recv()
        except (EOFError, OSError):
            return Heard((), _LEFT, 0)
        return told

    def leave(self) -> None:
        """Unsubscribes."""
        with contextlib.suppress(OSError):  # it may have ended
            self._pipe.send(None)
        self._process.join(_GOODBYE_SECONDS)
        self._process.kill()
        self._process.join()


def _listen(url: str, headers: dict[str, str], pipe: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this one ends it
    gc.disable()  # a collection would keep it from reading
    pipe.send(Stage(open=False))
    asyncio.run(_subscribe(url, headers, pipe))


async def _subscribe(url: str, headers: dict[str, str], pipe: Connection) -> None:
    connector = ClockedConnector()
    async with aiohttp.ClientSession(connector=connector) as session:
        try:
            socket = await session.ws_connect(url, headers=headers)
        except aiohttp.ClientConnectorError as error:
            pipe.send(Stage(open=False, refused=str(error.os_error)))
        except (aiohttp.ClientError, OSError) as error:
            pipe.send(Stage(open=False, refused=str(error)))
        else:
            pipe.send(Stage(open=True))
            ear = _Ear(socket, connector, pipe)
            tasks = [asyncio.create_task(ear.record()), asyncio.create_task(ear.tell())]
            await ear.obey()
            await socket.close()
            await asyncio.gather(*tasks)


class _Ear:
    """Hears, and tells when asked, in a thread: whoever is told may be slow to listen."""

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, connector: ClockedConnector, pipe: Connection
    ) -> None:
        self._socket = socket
        self._connector = connector
        self._pipe = pipe
        self._untold: list[Frame] = []
        self._ended: int | None = None
        self._wishes = self._granted = 0
        self._tells = False
        self._leaves = False
        self._changed = asyncio.Event()

    async def record(self) -> None:
        """Notes frames until the stream ends."""
        async for message in self._socket:
            # The frames of one read are all taken before the loop reads again, so that the
            # clock still shows their time.
            self._untold.append((message.data, self._connector.clock.read_at))
            self._changed.set()
        self._ended = self._socket.close_code or _LEFT
        self._changed.set()

    async def obey(self) -> None:
        """Does what it is asked until it is to leave."""
        while (further := await asyncio.to_thread(self._next_wish)) is not None:
            self._tells = further
            self._wishes += 1
            self._changed.set()
        self._leaves = True
        self._changed.set()

    async def tell(self) -> None:
        """Tells whenever there is something that is wanted."""
        while not self._leaves:
            self._changed.clear()
            if self._granted < self._wishes or (self._tells and (self._untold or self._ended)):
                with contextlib.suppress(OSError):  # nobody listens any more
                    await asyncio.to_thread(self._pipe.send, self._next_telling())
            else:
                await self._changed.wait()

    def _next_telling(self) -> Heard:
        frames = tuple(self._untold[:_FRAMES_AT_ONCE])
        del self._untold[:_FRAMES_AT_ONCE]
        if self._untold:
            return Heard(frames, None, self._granted)
        self._granted = self._wishes
        ended, self._ended = self._ended, None
        return Heard(frames, ended, self._granted)

    def _next_wish(self) -> bool | None:
        try:
            wish: bool | None = self._pipe.recv()
        except (EOFError, OSError):
            return None  # nobody listens any more
        return wish
