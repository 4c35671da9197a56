"""One seed: three servers, a mixed load, disruptions, and what the history says afterwards."""

import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from random import Random

from cluster.replicas import SERVER, Replicas
from driver import (
    TRADING,
    ContractViolation,
    EventRecorder,
    Order,
    OrderPage,
    OrdersClient,
    OrderStatus,
)
from driver.server_process import Launch, launch_anew
from faults.nemesis.checking import violations
from faults.nemesis.disruptions import Disruptions
from faults.nemesis.history import UNKNOWN, History
from faults.nemesis.slowness import SlowLines
from faults.nemesis.traders import PATIENCE, Record, Subscriber, Trader

_REPLICAS = 3
_TRADERS = 6
_SUBSCRIBERS = 3
_SETTINGS = {"DELAY_MIN": "0.02", "DELAY_MAX": "0.2"}
# Beyond its longest delay an order is taken over in half a second; a busy machine is slower.
_SETTLE_SECONDS = 15.0
_SLOW_ANSWER = 10.0
_LARGEST_PAGE = "500"


@dataclass(frozen=True, slots=True)
class Trial:
    """What one seed led to: how often what was counted, and what was wrong, in sentences."""

    seed: int
    counts: Counter[str]
    violations: Sequence[str]

    def __str__(self) -> str:
        done = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return f"seed {self.seed}: {done}: {len(self.violations) or 'no'} violations"


def try_seed(
    seed: int,
    command: Sequence[str] = SERVER,
    *,
    pace: float = 1.0,
    launch: Launch = launch_anew,
) -> Trial:
    """Starts everything, disturbs it, stops it, and checks what happened.

    What is done is the same for one seed, when exactly it is done is not. Raises ProgramMissing,
    ServerDidNotStart.
    """
    chance = Random(seed)  # noqa: S311 - a seed
    with (
        SlowLines() as lines,
        Replicas(
            _REPLICAS, _SETTINGS, command, durable=True, launch=launch, route=lines.route
        ) as replicas,
    ):
        record = Record(lambda: [server.base_url for server in replicas.servers])
        disruptions = Disruptions(replicas, lines, chance, pace)
        with _running(_clients(seed, record), record.stopped):
            disruptions.run()
        # No request is under way any more when those who would answer it have gone.
        replicas.restart_all()
        history = _history(record, replicas.addresses)
    return Trial(seed, _counts(history, disruptions.counts), violations(history))


@contextmanager
def launching() -> Iterator[Launch]:
    """How servers are started: as copies of one process, where the system can."""
    if sys.platform == "linux":
        from cluster.warm_start import WarmStart  # noqa: PLC0415 - cannot be imported elsewhere

        warm = WarmStart()
        try:
            yield warm.launch
        finally:
            warm.close()
    else:
        yield launch_anew


def _clients(seed: int, record: Record) -> list[Callable[[], None]]:
    chances = (Random(f"{seed}.{number}") for number in range(1, 100))  # noqa: S311 - a seed
    names = range(1, _TRADERS + 1)
    traders = [Trader(f"{seed}.{name}", record, next(chances)).run for name in names]
    listening = range(1, _SUBSCRIBERS + 1)
    return traders + [
        Subscriber(f"subscriber {name}", record, next(chances)).run for name in listening
    ]


@contextmanager
def _running(clients: Sequence[Callable[[], None]], stopped: threading.Event) -> Iterator[None]:
    with ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(run) for run in clients]
        try:
            yield
        finally:
            stopped.set()
    for each in running:
        each.result()


def _history(record: Record, addresses: Sequence[str]) -> History:
    broken = list(record.broken)
    replays, listings = [], []
    patience = _SETTLE_SECONDS
    for address in addresses:
        with EventRecorder(address, TRADING, _SLOW_ANSWER, since="0") as recorder:
            with EventRecorder(address, TRADING, _SLOW_ANSWER) as latest:
                assert latest.hello is not None, "the server is there"
                recorder.wait(partial(_all_ended, recorder, latest.hello.sequence), patience)
            listings.append(_list(address, broken))
            replays.append([each.event for each in recorder.events])
        patience = PATIENCE  # what has not ended by now never will
    return History(record.operations, record.connections, replays, listings, broken)


def _all_ended(recorder: EventRecorder, latest: int) -> bool:
    """Whether the replay is over, and every order in it has been announced twice."""
    statuses = Counter(each.event.status for each in recorder.events)
    is_over = recorder.last_sequence >= latest
    return is_over and statuses[OrderStatus.PENDING] * 2 == statuses.total()


def _list(address: str, broken: list[str]) -> list[Order]:
    client = OrdersClient(address, TRADING, _SLOW_ANSWER)
    orders: list[Order] = []
    cursor: dict[str, str] = {}
    try:
        while True:
            page = client.list(limit=_LARGEST_PAGE, **cursor).outcome
            assert isinstance(page, OrderPage), f"{page}"
            orders += page.orders
            if page.next_cursor is None:
                return orders
            cursor = {"cursor": page.next_cursor}
    except ContractViolation as violation:
        broken.append(str(violation))
        return orders
    finally:
        client.close()


def _counts(history: History, disruptions: Counter[str]) -> Counter[str]:
    unknown = [each for each in history.operations if each.outcome is UNKNOWN]
    return Counter(
        {
            "requests": len(history.operations),
            "without an answer": len(unknown),
            "orders": len(history.listings[0]),
            "cancelled": _number_of(history, OrderStatus.CANCELLED),
            "events": len(history.replays[0]),
            "subscriptions": len(history.connections),
            **disruptions,
        }
    )


def _number_of(history: History, status: OrderStatus) -> int:
    return sum(order.status is status for order in history.listings[0])
