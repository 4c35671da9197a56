"""Traders and subscribers: a mixed load on all servers, and the history that it leaves."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from random import Random

from driver import (
    TRADING,
    Action,
    Answer,
    ContractViolation,
    DriverError,
    EventRecorder,
    Order,
    OrderPage,
    OrdersClient,
    OrderStatus,
    Reason,
    Rejection,
    ServerUnreachable,
    Side,
)
from faults.nemesis.history import UNKNOWN, Connection, Operation

PATIENCE = 2.0
"""Seconds that an answer may take; afterwards nobody knows what became of the request."""

_SIDES = tuple(Side)
_LONGEST_STAY = 1.0
Outcome = OrderStatus | Reason | None


@dataclass
class Record:
    """What all clients note while they run; appending to a list is safe in threads."""

    addresses: Callable[[], Sequence[str]]
    stopped: threading.Event = field(default_factory=threading.Event)
    operations: list[Operation] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def some_address(self, chance: Random) -> str:
        """Where one of the servers listens; one that is being started has no address yet."""
        return chance.choice([each for each in self.addresses() if each])


class Trader:
    """Places, views, lists and cancels orders, one thing after the other, at any server."""

    def __init__(self, name: str, record: Record, chance: Random) -> None:
        self._name = name
        self._record = record
        self._chance = chance
        self._orders: list[tuple[str, str]] = []
        self._placed = 0

    def run(self) -> None:
        """Trades until it is stopped."""
        actions = [self._place] * 5 + [self._cancel] * 3 + [self._view, self._list]
        with ThreadPoolExecutor(2) as pool:
            while not self._record.stopped.is_set():
                self._chance.choice(actions if self._orders else [self._place])(pool)

    def _place(self, pool: ThreadPoolExecutor) -> None:
        """Sometimes the same order at two servers at once, of which one must win."""
        self._placed += 1
        reference = f"{self._name}.{self._placed}"
        draft = {
            "symbol": "EURUSD",
            "side": self._chance.choice(_SIDES),
            "quantity": str(self._placed),
            "reference": reference,
        }
        place = partial(self._ask, Action.PLACE, reference, lambda it: it.place(draft))
        calls = [partial(place, each) for each in self._somewhere(self._chance.choice((1, 1, 2)))]
        for outcome in pool.map(lambda call: call(), calls):
            if isinstance(outcome, Order):
                self._orders.append((reference, outcome.order_id))

    def _cancel(self, pool: ThreadPoolExecutor) -> None:
        """Sometimes twice at once."""
        reference, order_id = self._some_order()
        cancel = partial(self._ask, Action.CANCEL, reference, lambda it: it.cancel(order_id))
        calls = [partial(cancel, each) for each in self._somewhere(self._chance.choice((1, 1, 2)))]
        list(pool.map(lambda call: call(), calls))

    def _view(self, _: ThreadPoolExecutor) -> None:
        reference, order_id = self._some_order()
        self._ask(Action.VIEW, reference, lambda it: it.view(order_id), *self._somewhere())

    def _list(self, _: ThreadPoolExecutor) -> None:
        reference = f"{self._name}.{self._chance.randint(1, self._placed)}"
        self._ask(
            Action.LIST, reference, lambda it: it.list(reference=reference), *self._somewhere()
        )

    def _somewhere(self, times: int = 1) -> list[str]:
        return [self._record.some_address(self._chance) for _ in range(times)]

    def _some_order(self) -> tuple[str, str]:
        """One of the latest, which may still be PENDING."""
        return self._chance.choice(self._orders[-2:])

    def _ask(
        self,
        action: Action,
        reference: str,
        call: Callable[[OrdersClient], Answer[Order] | Answer[OrderPage] | Answer[None]],
        address: str,
    ) -> object:
        client = OrdersClient(address, TRADING, PATIENCE)
        sent = time.perf_counter()
        told: object = None
        try:
            answer = call(client)
            told, sent, received = answer.outcome, answer.sent, answer.received
            outcome = _outcome(action, told)
        except ContractViolation as violation:
            self._record.broken.append(str(violation))
            outcome, received = UNKNOWN, math.inf
        except DriverError:  # the server died, or stands still
            outcome, received = UNKNOWN, math.inf
        finally:
            client.close()
        self._record.operations.append(Operation(action, reference, sent, received, outcome))
        return told


def _outcome(action: Action, told: object) -> Outcome:
    match told:
        case Order(status=status):
            return status
        case OrderPage(orders=orders):
            return orders[0].status if orders else Reason.UNKNOWN_ORDER
        case Rejection(reason=Reason.STORE_UNAVAILABLE):
            return UNKNOWN
        case Rejection(reason=reason):
            return reason
    return OrderStatus.CANCELLED if action is Action.CANCEL else UNKNOWN


class Subscriber:
    """Moves from server to server, and resumes each time after the last event that it got."""

    def __init__(self, name: str, record: Record, chance: Random) -> None:
        self._name = name
        self._record = record
        self._chance = chance
        self._since: int | None = None

    def run(self) -> None:
        """Listens until it is stopped."""
        while not self._record.stopped.is_set():
            since = None if self._since is None else str(self._since)
            address = self._record.some_address(self._chance)
            try:
                recorder = EventRecorder(address, TRADING, PATIENCE, since).start()
            except ServerUnreachable:
                continue  # and try another one
            self._listen(recorder)

    def _listen(self, recorder: EventRecorder) -> None:
        seconds = self._chance.uniform(0, _LONGEST_STAY)
        recorder.wait(self._record.stopped.is_set, seconds)
        ended = recorder.disconnection
        recorder.close()
        heard = Connection(
            self._name,
            self._since,
            recorder.hello,
            recorder.events,
            f"{ended.code} {ended.reason}" if ended else "",
        )
        self._record.connections.append(heard)
        self._record.broken.extend(map(str, recorder.violations))
        if recorder.hello is not None:
            self._since = recorder.last_sequence
