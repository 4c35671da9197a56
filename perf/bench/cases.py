"""What is measured: each case is a list of servers, one round of it a sample for each of them."""

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from driver import TRADING, Side
from driver.contract.http import HttpRequest
from perf.bench.load import LoadFailed, load
from perf.bench.servers import OURS, WITHOUT, Running, running, send, start_up
from perf.bench.subscribers import subscribed

PLACING = TRADING.requests.place({"symbol": "EURUSD", "side": Side.BUY, "quantity": "100.5"})
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PAGE = 100
SUBSCRIBERS = 2 * 100  # not as one number, which would read as a status code


@dataclass(frozen=True, slots=True)
class Sample:
    """One server in one round of one case; what a case has not is None.

    Times in seconds, memory in bytes for each subscriber.
    """

    case: str
    server: str
    rate: float
    p50: float | None = None
    p99: float | None = None
    cpu: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Something to measure on several servers; `unit` is what `rate` counts."""

    name: str
    unit: str
    servers: tuple[str, ...]
    measure: Callable[["Case", Running, int], Sample]


def _place(case: Case, server: Running, seconds: int) -> Sample:
    return _load(case, server, PLACING, seconds)


def _view(case: Case, server: Running, seconds: int) -> Sample:
    return _load(case, server, TRADING.requests.view(place_one(server)), seconds)


def _list(case: Case, server: Running, seconds: int) -> Sample:
    for _ in range(_PAGE):
        place_one(server)
    return _load(case, server, TRADING.requests.list({"limit": _PAGE}), seconds)


def _fan_out(case: Case, server: Running, seconds: int) -> Sample:
    with subscribed(server.events_url, SUBSCRIBERS) as subscribers:
        before = server.cpu_seconds
        placed = load(server.base_url, PLACING, seconds)
        received = subscribers.received()
        spent = server.cpu_seconds - before
    if not received.complete or received.events < 2 * placed.requests:
        raise Incomplete(
            f"{server.name}: {placed.requests} orders were placed, and the subscribers received "
            f"{received.events} events each, or not all the same"
        )
    cpu = spent / received.messages
    return Sample(case.name, server.name, received.rate, placed.p50, placed.p99, cpu)


class Incomplete(Exception):
    """Subscribers missed events."""


def _load(case: Case, server: Running, request: HttpRequest, seconds: int) -> Sample:
    before = server.cpu_seconds
    measured = load(server.base_url, request, seconds)
    cpu = (server.cpu_seconds - before) / measured.requests
    return Sample(case.name, server.name, measured.rate, measured.p50, measured.p99, cpu)


def place_one(server: Running) -> str:
    """The id of a new order, which is the first one in the answer."""
    answer = send(server.base_url, PLACING)
    found = _UUID.search(answer.text)
    if found is None:
        raise LoadFailed(f"{server.name} answered to an order: {answer.text}")
    return found[0]


PLACE = Case("place an order", "orders/s", (OURS, "bare", "naive", "raw"), _place)
VIEW = Case("view an order", "answers/s", (OURS, "bare", "naive", "raw"), _view)
LIST = Case("list 100 orders", "answers/s", (OURS, "bare", "naive"), _list)
FAN_OUT = Case(
    f"orders with {SUBSCRIBERS} subscribers",
    "messages/s",
    (OURS, "naive", "premade", "premade-gathered"),
    _fan_out,
)
_PLACING_TRICKS = ("direct-routes", "no-telemetry", "own-json", "rare-collections", "metrics")
_VIEWING_TRICKS = ("direct-routes", "no-telemetry", "own-json", "kept-json")
_FAN_OUT_TRICKS = ("own-json", "rare-collections", "batches", "prepared-frames")


def _less(case: Case, tricks: Sequence[str]) -> Case:
    """The same, measured without each of these."""
    servers = (OURS, *(f"{WITHOUT}{trick}" for trick in tricks))
    return replace(case, name=f"{case.name}, one trick less", servers=servers)


START = "start"
CASES: dict[str, Case] = {"place": PLACE, "view": VIEW, "list": LIST, "fan-out": FAN_OUT}
TRICKS: dict[str, Case] = {
    "tricks-place": _less(PLACE, _PLACING_TRICKS),
    "tricks-view": _less(VIEW, _VIEWING_TRICKS),
    "tricks-fan-out": _less(FAN_OUT, _FAN_OUT_TRICKS),
}
"""What each thing that makes the server fast is worth; measured only if asked for."""


def measure_round(case: Case, logs: Path, seconds: int) -> list[Sample]:
    """One round: each server of the case, one after the other, each alone on its core."""
    with ExitStack() as stack:
        servers = [stack.enter_context(running(name, logs)) for name in case.servers]
        return [case.measure(case, server, seconds) for server in servers]


def measure_start_up(logs: Path) -> list[Sample]:
    """One round of starting servers up; `rate` is starts per second."""
    seconds = {name: start_up(name, logs) for name in (OURS, "bare")}
    return [Sample(START, name, 1 / taken, p50=taken) for name, taken in seconds.items()]
