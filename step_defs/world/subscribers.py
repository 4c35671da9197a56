"""The subscribers to order events in one scenario."""

import time
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from bdd import Rule
from driver import (
    Capability,
    Hello,
    Life,
    OrderStatus,
    RawSubscription,
    ReceivedEvent,
    Subscription,
    TradingPort,
)
from step_defs.world import rules
from step_defs.world.mismatches import EventsWrong, ScenarioWrong, contract_kept, not_on_the_page
from step_defs.world.transcript import lines_about

Traders = tuple[str, ...]
"""Subscribers by their names; none for all of them."""

CONTROL = "the control subscriber"
TWIN = "the second control subscriber"
"""Who receives the same as the control, where no numbers show that an event is missing."""


@dataclass(frozen=True, slots=True)
class Conducted:
    """A subscriber that has left or misbehaved at this moment, which `promise` says harms nobody.

    The moment is of `time.perf_counter`.
    """

    name: str
    subscription: Subscription
    promise: Rule
    moment: float


class Subscribers:
    """Who is subscribed, by name, and who was before; all keep what they received."""

    def __init__(self) -> None:
        self._by_name: dict[str, Subscription] = {}
        self._controlled: TradingPort | None = None
        self.history: list[tuple[str, Subscription]] = []
        self._replayed: set[Subscription] = set()
        self._may_be_disconnected: set[Subscription] = set()
        self._restarts: list[int] = []
        self.conducts: list[Conducted] = []

    def subscribe(
        self, name: str, port: TradingPort, since: str | None = None, *, reads: bool = True
    ) -> Subscription:
        """Subscribes; when this returns, the server has confirmed or rejected it."""
        with contract_kept():
            subscription = port.subscribe(since, reads=reads)
        self._by_name[name] = subscription
        self.history.append((name, subscription))
        if since is not None:
            self._replayed.add(subscription)
        return subscription

    def connections_before(self, subscription: Subscription) -> list[Subscription]:
        """The earlier connections of the same trader to the same stream, the first one first."""
        name = next(name for name, each in self.history if each is subscription)
        mine = [each for owner, each in self.history if owner == name]
        return [
            each for each in mine[: mine.index(subscription)] if _same_stream(each, subscription)
        ]

    @property
    def subscriptions(self) -> list[Subscription]:
        """All subscriptions, those that have ended too, in the order they began."""
        return [subscription for _, subscription in self.history]

    @property
    def connections(self) -> list[tuple[str, Subscription]]:
        """The same with what to call each: its number, too, where a trader has had several."""
        counts = Counter(name for name, _ in self.history)
        numbers: Counter[str] = Counter()
        called = []
        for name, subscription in self.history:
            numbers[name] += 1
            several = f"the {_ordinal(numbers[name])} connection of {name}"
            called.append((several if counts[name] > 1 else name, subscription))
        return called

    def called(self, subscription: Subscription) -> str:
        """What to call this connection."""
        return next(name for name, each in self.connections if each is subscription)

    def promise_to(self, subscription: Subscription) -> Rule:
        """The promise of what this subscriber receives."""
        return rules.REPLAY if subscription in self._replayed else rules.SAME_FOR_ALL

    def named(self, name: str) -> Subscription:
        """The latest subscription of a trader."""
        if name not in self._by_name:
            raise ScenarioWrong(
                "The step speaks of a trader who is not subscribed to order events",
                expected=", ".join(self._by_name) or "a step before it that subscribes the trader",
                got=name,
            )
        return self._by_name[name]

    def raw(self, name: str) -> RawSubscription:
        """The same for a trader who misbehaves, where somebody can."""
        subscription = self.named(name)
        if not isinstance(subscription, RawSubscription):
            not_on_the_page("a subscriber that misbehaves, or sees what the protocol hides")
        return subscription

    def control_of(self, port: TradingPort) -> Subscription:
        """The control of this server: subscribed before any order, it never misbehaves or ends."""
        if self._controlled is not port:
            self._controlled = port
            self.subscribe(CONTROL, port)
            if not port.offers(Capability.NUMBERING):
                self.subscribe(TWIN, port)
        return self.control

    @property
    def control(self) -> Subscription:
        """The subscription from before the first order. Raises ScenarioWrong before that."""
        return self.named(CONTROL)

    @property
    def two_control_subscribers(self) -> tuple[Subscription, Subscription]:
        """The control subscribers of the two servers on which the scenario has placed orders."""
        controls = [subscription for name, subscription in self.history if name == CONTROL]
        if len(controls) != 2:  # noqa: PLR2004 - both
            raise ScenarioWrong(
                "The step compares two servers",
                expected="orders on one server, and then on another one",
                got=f"orders on {len(controls)}",
            )
        return controls[0], controls[1]

    def select(self, traders: Traders) -> Sequence[Subscription]:
        """The subscriptions of these traders."""
        return [self.named(name) for name in traders] or [
            each for each in self.subscriptions if each not in self._may_be_disconnected
        ]

    def expect_disconnection(self, subscription: Subscription) -> Subscription:
        """From now on the end of this connection is as it should be."""
        self._may_be_disconnected.add(subscription)
        return subscription

    def begin_conduct(self, name: str, promise: Rule) -> None:
        """From now on this subscriber leaves or misbehaves; others are promised to be unharmed."""
        subscription = self.expect_disconnection(self.named(name))
        self.conducts.append(Conducted(name, subscription, promise, time.perf_counter()))

    def silenced_by(self, subscription: Subscription) -> Conducted | None:
        """Whose conduct it was since which somebody else has been told nothing any more."""
        name = next(name for name, each in self.history if each is subscription)
        latest = max((each.received for each in subscription.events), default=0.0)
        since = [each for each in self.conducts if each.name != name and each.moment > latest]
        return since[0] if since else None

    def expect_all_disconnections(self) -> None:
        """From now on the end of any connection is as it should be, as when the server stops."""
        self._may_be_disconnected.update(self.subscriptions)

    def expect_restart(self) -> None:
        """From now on the server is another one, which remembers nothing: all connections end."""
        self.expect_all_disconnections()
        self._restarts.append(len(self.history))

    def restarts_before(self, subscription: Subscription) -> int:
        """How often the server had lost its memory when this connection began."""
        began = self.subscriptions.index(subscription)
        return sum(restart <= began for restart in self._restarts)

    @property
    def unexpected_disconnections(self) -> Sequence[str]:
        """Who was disconnected or rejected unexpectedly, and how."""
        return [
            f"{name} was disconnected: {ended.code} {ended.reason}"
            for name, each in self.connections
            if (ended := each.disconnection) and each not in self._may_be_disconnected
        ]

    def close(self) -> None:
        """Unsubscribes all."""
        for subscription in self.subscriptions:
            subscription.close()


def _same_stream(one: Subscription, other: Subscription) -> bool:
    return bool(one.hello and other.hello and one.hello.stream_id == other.hello.stream_id)


def _ordinal(number: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth")
    return words[number - 1] if number <= len(words) else f"{number}th"


def hello_of(subscription: Subscription) -> Hello:
    """The server's confirmation of a subscription that was not rejected."""
    if subscription.hello is None:
        raise EventsWrong(
            "A subscription was rejected",
            expected="to be confirmed",
            got=f"{subscription.disconnection}",
        )
    return subscription.hello


def await_status(
    subscription: Subscription, order_id: str, status: OrderStatus, seconds: float
) -> ReceivedEvent:
    """The event that gives the order this status, once it has arrived."""
    subscription.wait_for_status(order_id, status, seconds)
    if received := Life(subscription.events_of(order_id)).first(status):
        return received
    raise EventsWrong(
        f"No {status} event arrived within {seconds:g} seconds",
        expected=f"{status} of order {order_id}",
        got=lines_about(subscription, order_id),
        rule=_unannounced(status, {each.event.status for each in subscription.events_of(order_id)}),
    )


def _unannounced(status: OrderStatus, announced: Set[OrderStatus]) -> Rule:
    """Whose promise is broken if this status is missing from those that were announced."""
    if status is OrderStatus.EXECUTED:
        cancelled = OrderStatus.CANCELLED in announced
        return rules.CANCEL_OTHERS if cancelled else rules.ORDER_EXECUTED
    if status is OrderStatus.CANCELLED and OrderStatus.EXECUTED in announced:
        return rules.CANCELLED_FOR_GOOD
    return rules.STATUS_SEQUENCE


def execution_seconds(subscription: Subscription, order_id: str, seconds: float) -> float:
    """What the execution of an order took by the server's record, once it has been announced."""
    for status in (OrderStatus.PENDING, OrderStatus.EXECUTED):
        await_status(subscription, order_id, status, seconds)
    took = Life(subscription.events_of(order_id)).execution_seconds
    assert took is not None, "both events are there"
    return took


def clock_offset(subscription: Subscription) -> float:
    """What must be added to the server's time to get ours, as the fastest event tells it."""
    return min(each.received - each.event.occurred_at.timestamp() for each in subscription.events)
