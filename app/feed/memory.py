"""The feed whose log lives in this process's memory."""

from collections import deque
from collections.abc import Callable
from itertools import islice
from uuid import uuid4

from app.domain import StatusEvent
from app.feed.feed import Feed, require_known
from app.feed.subscription import Frame, Subscription


class InMemoryFeed(Feed):
    """Numbers each event, serialises it once, keeps the latest ones and hands it to everyone.

    Where a replay begins is decided by `check`, and what it holds by `after`.
    """

    def __init__(
        self, serialise: Callable[[int, StatusEvent], str], *, history: int, queue_size: int
    ) -> None:
        super().__init__()
        self.stream_id = str(uuid4())
        """Another one whenever the numbering starts anew."""
        self.sequence = 0
        """The number of the latest event."""
        self.history: deque[Frame] = deque(maxlen=history)
        self._serialise = serialise
        self._queue_size = queue_size

    async def open(self) -> None:
        """Memory needs no opening."""

    async def close(self) -> None:
        """Nor closing."""

    async def publish(self, event: StatusEvent) -> None:
        """Numbers the event and hands it to every subscription. Never suspends."""
        self.sequence += 1
        frame = Frame(self.sequence, self._serialise(self.sequence, event))
        self.history.append(frame)
        self.hand_out(frame)

    async def subscribe(self, since: int | None = None) -> Subscription:
        """See `Feed`."""
        start = self.sequence if since is None else self.check(since)
        subscription = Subscription(self._queue_size)
        subscription.begin(self.stream_id, start, self.after(start))
        return self.join(subscription)

    def check(self, since: int) -> int:
        """See `require_known`."""
        return require_known(since, oldest=self._oldest, latest=self.sequence)

    def after(self, since: int) -> list[Frame]:
        """All events after a position that was checked."""
        return list(islice(self.history, since - self._oldest, None))

    @property
    def _oldest(self) -> int:
        """The earliest position from which everything is kept."""
        return self.sequence - len(self.history)
