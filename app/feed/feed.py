"""The sequenced log of status events and its subscribers."""

from abc import ABC, abstractmethod

from app.feed.subscription import Ending, Frame, Subscription


class UnknownPosition(Exception):
    """A subscriber wants to resume from where the feed cannot; `str()` says why."""


def require_known(since: int, *, oldest: int, latest: int) -> int:
    """The position itself.

    Raises:
        UnknownPosition: it lies ahead of the stream or before the kept history.
    """
    if since > latest:
        raise UnknownPosition(f"since lies ahead of the stream, now at {latest}")
    if since < oldest:
        raise UnknownPosition(f"since lies before the kept history, oldest is {oldest}")
    return since


class Feed(ABC):
    """Hands every event to every subscriber, in one order; subclasses say where the log is kept."""

    def __init__(self) -> None:
        self.subscriptions: set[Subscription] = set()
        self.dismissed = False

    @abstractmethod
    async def open(self) -> None:
        """To be called before anything else."""

    @abstractmethod
    async def close(self) -> None:
        """Lets go of what `open` took; nothing is called afterwards."""

    @abstractmethod
    async def subscribe(self, since: int | None = None) -> Subscription:
        """A subscription to all events after `since`, or after the latest one.

        Raises:
            UnknownPosition: `since` lies ahead of the stream or before the kept history.
        """

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forgets a subscription."""
        self.subscriptions.discard(subscription)

    def dismiss(self) -> None:
        """Ends all subscriptions, those yet to come too."""
        self.dismissed = True
        self.end_all(Ending.FEED_CLOSED)

    def end_all(self, why: Ending) -> None:
        """Ends all present subscriptions."""
        for subscription in self.subscriptions:
            subscription.end(why)

    def hand_out(self, frame: Frame) -> None:
        """Gives a live event to every subscription, waiting for none."""
        for subscription in self.subscriptions:
            subscription.offer(frame)

    def join(self, subscription: Subscription) -> Subscription:
        """Lets a subscription hear live events from now on."""
        self.subscriptions.add(subscription)
        if self.dismissed:
            subscription.end(Ending.FEED_CLOSED)
        return subscription
