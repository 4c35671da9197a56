"""The feed that replicas share: each reads one stream and hands it to its own subscribers."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from redis.exceptions import RedisError

from app.domain import StatusEvent, StoreUnavailable
from app.feed import Ending, Feed, Frame, Subscription, UnknownPosition, require_known
from app.replicas.engine import Engine
from app.replicas.records import read_event

_BLOCK_SECONDS = 1.0
# Longer than the engine may block, or each quiet second would look like a lost connection.
_TIMEOUT = _BLOCK_SECONDS + 2.0
_EVENTS_AT_ONCE = 1000
_PAUSE = 0.1


class RedisFeed(Feed):
    """Reads the stream with one blocking call; where the stream is now, only the engine knows.

    So that a position that one replica told is known at every other one, this replica's own
    position is never told to anybody.
    """

    def __init__(
        self,
        engine: Engine,
        serialise: Callable[[int, StatusEvent], str],
        *,
        history: int,
        queue_size: int,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._events = f"{engine.space}events"
        self._serialise = serialise
        self._history = history
        self._queue_size = queue_size
        self._stream_id = ""
        self._position = 0
        self._reader: asyncio.Task[None] | None = None
        # The client may turn a cancellation in the middle of a command into an error of its own.
        self.closing = asyncio.Event()

    async def open(self) -> None:
        """See `Feed`; the engine must be open already."""
        self._stream_id, self._position = await self._latest()
        self._reader = asyncio.create_task(self._read_forever())

    async def close(self) -> None:
        """See `Feed`."""
        self.closing.set()
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def subscribe(self, since: int | None = None) -> Subscription:
        """See `Feed`. Raises `StoreUnavailable` while the engine is away."""
        # Live events are gathered from now on, and those that the replay has too are dropped.
        subscription = self.join(Subscription(self._queue_size))
        try:
            stream_id, latest = await self._latest()
            oldest = max(0, latest - self._history)
            start = latest if since is None else require_known(since, oldest=oldest, latest=latest)
            subscription.begin(stream_id, start, await self._between(start, latest))
        except BaseException:
            self.unsubscribe(subscription)
            raise
        return subscription

    async def _between(self, start: int, end: int) -> list[Frame]:
        frames: list[Frame] = []
        while start < end:
            bounds = (f"0-{start + 1}", f"0-{end}")
            found = await self._engine.call(
                "XRANGE", self._events, *bounds, "COUNT", _EVENTS_AT_ONCE
            )
            read = [self._frame(entry) for entry in found]
            if not read or read[0].sequence != start + 1:
                raise UnknownPosition("since lies before the kept history")
            frames += read
            start = frames[-1].sequence
        return frames

    async def _latest(self) -> tuple[str, int]:
        known = (self._stream_id, self._position)
        stream_id, number = await self._engine.run("position", str(uuid4()), *known)
        return stream_id, int(number)

    async def _read_forever(self) -> None:
        connection = self._engine.connect(_TIMEOUT)
        try:
            while not self.closing.is_set():
                try:
                    await self.read(connection)
                except (RedisError, OSError, StoreUnavailable) as error:
                    if self.closing.is_set():
                        return
                    self._engine.lost(error)
                    await asyncio.sleep(_PAUSE)
        finally:
            await connection.aclose()

    async def read(self, connection: Any) -> None:
        """Goes on where it was, however long the engine was away."""
        await self._find_place()
        while not self.closing.is_set():
            position = {self._events: f"0-{self._position}"}
            answer = await connection.xread(
                position, count=_EVENTS_AT_ONCE, block=round(_BLOCK_SECONDS * 1000)
            )
            for _, entries in answer:
                for entry in entries:
                    self._take(self._frame(entry))

    async def _find_place(self) -> None:
        stream_id, latest = await self._latest()
        if stream_id != self._stream_id:
            self._stream_id, self._position = stream_id, latest
            self.end_all(Ending.STREAM_RESTARTED)

    def _take(self, frame: Frame) -> None:
        if frame.sequence != self._position + 1:  # the stream was cut shorter than this lags behind
            self.end_all(Ending.SLOW_CONSUMER)
        self._position = frame.sequence
        self.hand_out(frame)

    def _frame(self, entry: tuple[str, dict[str, str]]) -> Frame:
        name, fields = entry
        sequence = int(name.partition("-")[2])
        return Frame(sequence, self._serialise(sequence, read_event(fields)))
