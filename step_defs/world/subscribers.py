"""The traders of one scenario who follow order events."""

from collections.abc import Sequence

from driver import (
    Hello,
    OrderEvent,
    OrderStatus,
    RawSubscription,
    ReceivedEvent,
    Subscription,
    TradingPort,
)
from step_defs.world.mismatches import EventsWrong, ScenarioWrong
from step_defs.world.transcript import lines_about

Traders = tuple[str, ...]
"""Subscribers by their names; none for everybody who follows."""

CONTROL = "the control subscriber"


class Subscribers:
    """Who follows, by name, and who did before; all keep what they received."""

    def __init__(self) -> None:
        self._by_name: dict[str, Subscription] = {}
        self._controlled: TradingPort | None = None
        self.history: list[tuple[str, Subscription]] = []
        self._may_be_cut_off: set[Subscription] = set()

    def follow(
        self, name: str, port: TradingPort, since: str | None = None, *, reads: bool = True
    ) -> Subscription:
        """Subscribes; when this returns, the server has confirmed it or turned the trader away."""
        recorder = port.subscribe(since, reads=reads)
        self._by_name[name] = recorder
        self.history.append((name, recorder))
        return recorder

    @property
    def recorders(self) -> list[Subscription]:
        """The recorders of all who follow or did before, in the order they began."""
        return [recorder for _, recorder in self.history]

    def named(self, name: str) -> Subscription:
        """The recorder of a trader who follows, or did last."""
        if name not in self._by_name:
            raise ScenarioWrong(
                "The step speaks of somebody who does not follow order events",
                expected=", ".join(self._by_name) or "a step before it that has somebody follow",
                got=name,
            )
        return self._by_name[name]

    def raw(self, name: str) -> RawSubscription:
        """The same for a trader who misbehaves. Raises ScenarioWrong where nobody can."""
        subscription = self.named(name)
        if not isinstance(subscription, RawSubscription):
            raise ScenarioWrong(
                "The step needs a subscriber of the API",
                expected="a run against the API, where a subscriber can misbehave",
                got=type(subscription).__name__,
            )
        return subscription

    def watch(self, port: TradingPort) -> None:
        """Subscribes the control: it never misbehaves or leaves, and is there before any order."""
        if self._controlled is not port:
            self._controlled = port
            self.follow(CONTROL, port)

    @property
    def control(self) -> Subscription:
        """Who has followed from the first order on. Raises ScenarioWrong before that."""
        return self.named(CONTROL)

    @property
    def two_control_subscribers(self) -> tuple[Subscription, Subscription]:
        """The control subscribers of the two servers on which the scenario has placed orders."""
        controls = [recorder for name, recorder in self.history if name == CONTROL]
        if len(controls) != 2:  # noqa: PLR2004 - both
            raise ScenarioWrong(
                "The step compares two servers",
                expected="orders on one server, and then on another one",
                got=f"orders on {len(controls)}",
            )
        return controls[0], controls[1]

    def select(self, traders: Traders) -> Sequence[Subscription]:
        """The recorders of these traders."""
        return [self.named(name) for name in traders] or [
            each for each in self.recorders if each not in self._may_be_cut_off
        ]

    def allow_cut_off(self, recorder: Subscription) -> Subscription:
        """From now on the end of this trader's connection is no surprise."""
        self._may_be_cut_off.add(recorder)
        return recorder

    def allow_all_cut_off(self) -> None:
        """From now on the end of any connection is no surprise, as when the server stops."""
        self._may_be_cut_off.update(self.recorders)

    @property
    def cut_off(self) -> Sequence[str]:
        """Who was cut off, or turned away, without having deserved it, and how."""
        return [
            f"{name} was cut off: {recorder.disconnection.code} {recorder.disconnection.reason}"
            for name, recorder in self.history
            if recorder.disconnection and recorder not in self._may_be_cut_off
        ]

    def close(self) -> None:
        """All stop following."""
        for recorder in self.recorders:
            recorder.close()


def hello_of(recorder: Subscription) -> Hello:
    """The greeting of a trader who was not turned away."""
    if recorder.hello is None:
        raise EventsWrong(
            "A subscriber was turned away", expected="a hello", got=f"{recorder.disconnection}"
        )
    return recorder.hello


def await_status(
    recorder: Subscription, order_id: str, status: OrderStatus, seconds: float
) -> ReceivedEvent:
    """The event that gives the order this status, once it has arrived."""
    recorder.wait_for_status(order_id, status, seconds)
    for received in recorder.events_of(order_id):
        if received.event.status is status:
            return received
    raise EventsWrong(
        f"No {status} event arrived within {seconds:g} seconds",
        expected=f"{status} of order {order_id}",
        got=lines_about(recorder, order_id),
    )


def events_of(recorder: Subscription, order_id: str) -> list[OrderEvent]:
    """The events of the order that have arrived, in the order received."""
    return [received.event for received in recorder.events_of(order_id)]


def clock_offset(recorder: Subscription) -> float:
    """What must be added to the server's time to get ours, as the fastest event tells it."""
    return min(each.received - each.event.occurred_at.timestamp() for each in recorder.events)
