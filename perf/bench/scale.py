"""What shows only with many: thousands of subscribers, a hundred thousand awaited executions."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from driver import TRADING, Order, OrderPage, OrdersClient, OrderStatus
from perf.bench.cases import PLACING, Incomplete, Sample, place_one
from perf.bench.load import load
from perf.bench.servers import OURS, Running, running
from perf.bench.subscribers import subscribed
from perf.limits import allow_connections
from perf.summary import Distribution

CROWD = "crowd"
PENDING = "pending"
_SUBSCRIBERS = 2 * 1000
_ORDERS_FOR_THE_CROWD = 50
_EXECUTIONS = 100_000
_EXECUTED_AFTER = 45.0
_LOAD_SECONDS = 4
_PATIENCE = 120.0
_PATIENT = (sys.executable, "-m", "perf.bench.baselines.patient", f"{_EXECUTED_AFTER:g}")


def measure_crowd(logs: Path) -> Sample:
    """2,000 subscribers and a few orders; `memory` is what the server takes for one subscriber.

    Raises Incomplete if one of them misses an event.
    """
    allow_connections(_SUBSCRIBERS)  # the server inherits it
    with running(OURS, logs) as server:
        place_one(server)
        before = server.memory
        with subscribed(server.events_url, _SUBSCRIBERS) as crowd:
            memory = (server.memory - before) / _SUBSCRIBERS
            for _ in range(_ORDERS_FOR_THE_CROWD):
                place_one(server)
            received = crowd.received()
    if not received.complete or received.events != 2 * _ORDERS_FOR_THE_CROWD:
        raise Incomplete(f"{_SUBSCRIBERS} subscribers received {received.events} events each")
    return Sample(CROWD, OURS, received.rate, memory=memory)


def measure_pending(logs: Path) -> Sample:
    """100,000 executions that are awaited at once; `p50` and `p99` say how late they are.

    By the server's own record: from PENDING to EXECUTED, less the delay that was set. Raises
    Incomplete if the first is executed before the last is awaited.
    """
    with running(OURS, logs, started_by=_PATIENT) as server:
        placed = _place_all(server)
        with closing(OrdersClient(server.base_url, TRADING, _PATIENCE)) as client:
            _await_executions(client, placed)
            late = Distribution.of(map(_lateness, _executed(client)))
    assert late is not None, "their executions were awaited"
    rate = late.count / (late.greatest + _EXECUTED_AFTER)
    return Sample(PENDING, OURS, rate, late.p50, late.p99)


def _place_all(server: Running) -> int:
    begun = time.perf_counter()
    placed = 0
    while placed < _EXECUTIONS:
        placed += load(server.base_url, PLACING, _LOAD_SECONDS).requests
    if time.perf_counter() - begun > _EXECUTED_AFTER:
        raise Incomplete(
            f"this machine places {placed / _EXECUTED_AFTER:,.0f} orders a second, too few for "
            f"{_EXECUTIONS:,} to be awaited at once"
        )
    return placed


def _await_executions(client: OrdersClient, orders: int) -> None:
    with closing(client.subscribe()) as events:
        if not events.wait(lambda: events.last_sequence >= 2 * orders, _PATIENCE):
            raise Incomplete(f"{events.last_sequence - orders} of {orders} orders were executed")


def _lateness(order: Order) -> float:
    return (order.updated_at - order.created_at).total_seconds() - _EXECUTED_AFTER


def _executed(client: OrdersClient) -> Iterator[Order]:
    filters: dict[str, object] = {"limit": "500", "status": OrderStatus.EXECUTED}
    while True:
        page = client.list(**filters).outcome
        assert isinstance(page, OrderPage)
        yield from page.orders
        if page.next_cursor is None:
            return
        filters["cursor"] = page.next_cursor
