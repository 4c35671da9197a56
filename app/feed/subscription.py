"""One subscriber's bounded queue."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

# So many frames may be taken, at once or one by one, before others have their turn.
_FRAMES_IN_A_ROW = 64


@dataclass(frozen=True, slots=True)
class Frame:
    """One event, numbered and serialised."""

    sequence: int
    text: str


class Ending(Enum):
    """Why the feed ended a subscription."""

    SLOW_CONSUMER = auto()
    FEED_CLOSED = auto()
    STREAM_RESTARTED = auto()


class Subscription:
    """What one subscriber has yet to receive: first the replay, then the live frames.

    Only the live frames count against the queue's bound. They may come before it is known where the
    stream begins, which `begin` tells: what the replay has already is then dropped.
    """

    def __init__(self, queue_size: int) -> None:
        self.stream_id = ""
        self.sequence = 0
        """Every event after this one is received."""
        self.delivered = 0
        """The latest event that the subscriber has dealt with."""
        self.ending: Ending | None = None
        self._replay: deque[Frame] = deque()
        self._queue: deque[Frame] = deque()
        self._queue_size = queue_size
        self._live_after = 0
        self._taken = 0
        self._in_a_row = 0
        self._changed = asyncio.Event()

    def begin(self, stream_id: str, sequence: int, replay: Sequence[Frame] = ()) -> None:
        """Says what comes before the live frames: the replay of all events after `sequence`."""
        self.stream_id = stream_id
        self.sequence = self.delivered = self._taken = sequence
        self._replay.extend(replay)
        self._live_after = replay[-1].sequence if replay else sequence
        while self._queue and self._queue[0].sequence <= self._live_after:
            self._queue.popleft()

    @property
    def waiting(self) -> int:
        """How many live frames are queued."""
        return len(self._queue)

    def offer(self, frame: Frame) -> None:
        """Queues a live frame; a full queue ends the subscription instead. Never waits."""
        if self.ending is not None or frame.sequence <= self._live_after:
            return
        if len(self._queue) >= self._queue_size:
            self.end(Ending.SLOW_CONSUMER)
            return
        self._queue.append(frame)
        self._changed.set()

    def end(self, why: Ending) -> None:
        """Drops what is queued and lets `batch` return nothing."""
        if self.ending is None:
            self.ending = why
        self._replay.clear()
        self._queue.clear()
        self._changed.set()

    async def batch(self, most: int = _FRAMES_IN_A_ROW) -> list[Frame]:
        """Waits for the next frame, and takes those along that wait behind it.

        Calling this acknowledges the frames before. Empty when the feed has ended the subscription.
        """
        self.delivered = self._taken
        if self._in_a_row >= _FRAMES_IN_A_ROW:
            self._in_a_row = 0
            await asyncio.sleep(0)
        while self.ending is None:
            if waiting := self._replay or self._queue:
                frames = [waiting.popleft() for _ in range(min(most, len(waiting)))]
                self._taken = frames[-1].sequence
                self._in_a_row += len(frames)
                return frames
            self._in_a_row = 0
            self._changed.clear()
            await self._changed.wait()
        return []
