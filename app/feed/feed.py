"""The sequenced log of status events and its subscribers."""

from collections import deque
from collections.abc import Callable
from itertools import islice
from uuid import uuid4

from app.domain import StatusEvent
from app.feed.subscription import Ending, Frame, Subscription


class UnknownPosition(Exception):
    """A subscriber wants to resume from where the feed cannot; `str()` says why."""


class Feed:
    """Numbers each event, serialises it once, keeps the latest ones and hands it to everyone."""

    def __init__(
        self, serialise: Callable[[int, StatusEvent], str], *, history: int, queue_size: int
    ) -> None:
        self.stream_id = str(uuid4())
        """Another one whenever the numbering starts anew."""
        self._serialise = serialise
        self._queue_size = queue_size
        self._sequence = 0
        self._history: deque[Frame] = deque(maxlen=history)
        self._subscriptions: set[Subscription] = set()
        self._closed = False

    async def publish(self, event: StatusEvent) -> None:
        """Hands the event to every subscription, waiting for none."""
        self._sequence += 1
        frame = Frame(self._sequence, self._serialise(self._sequence, event))
        self._history.append(frame)
        self._hand_out(frame)

    def subscribe(self, since: int | None = None) -> Subscription:
        """A subscription to all events after `since`, or after the latest one.

        Raises:
            UnknownPosition: `since` lies ahead of the stream or before the kept history.
        """
        start = self._sequence if since is None else self._checked(since)
        subscription = Subscription(start, self._after(start), self._queue_size)
        self._subscriptions.add(subscription)
        if self._closed:
            subscription.end(Ending.FEED_CLOSED)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forgets a subscription."""
        self._subscriptions.discard(subscription)

    def close(self) -> None:
        """Ends all subscriptions, those yet to come too."""
        self._closed = True
        for subscription in self._subscriptions:
            subscription.end(Ending.FEED_CLOSED)

    def _hand_out(self, frame: Frame) -> None:
        for subscription in self._subscriptions:
            subscription.offer(frame)

    def _checked(self, since: int) -> int:
        oldest = self._sequence - len(self._history)
        if since > self._sequence:
            raise UnknownPosition(f"since lies ahead of the stream, now at {self._sequence}")
        if since < oldest:
            raise UnknownPosition(f"since lies before the kept history, oldest is {oldest}")
        return since

    def _after(self, since: int) -> list[Frame]:
        oldest = self._sequence - len(self._history)
        return list(islice(self._history, since - oldest, None))
