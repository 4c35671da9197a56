"""What several servers on one store cost and bring: `python -m perf.replicas`.

One server that keeps everything in memory is the baseline, measured in the same run. Load, servers
and store share this machine. Needs wrk and redis-server.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from cluster.programs import REDIS, lacking
from cluster.replicas import SERVER, Replicas
from driver import TRADING, EventRecorder, Order, OrdersClient, OrderStatus, Side
from driver.server_process import ServerProcess
from perf.bench.load import NoLoadTool, load, require_wrk
from perf.bench.machine import machine
from perf.bench.servers import NO_DELAY
from perf.summary import Distribution

IN_MEMORY = "in memory"
_SHORT = 0.2
_SHORT_DELAY = {"DELAY_MIN": f"{_SHORT}", "DELAY_MAX": f"{_SHORT}"}
_DRAFT = {"symbol": "EURUSD", "side": Side.BUY, "quantity": "100.5"}
_ORDERS = 300
_LEFT_BEHIND = 50
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Servers to measure: `replicas` of them on one store, or one in memory if that is 0."""

    name: str
    replicas: int
    durable: bool = False


BASELINE = Setting(IN_MEMORY, 0)
SETTINGS = (
    BASELINE,
    Setting("1 replica", 1),
    Setting("2 replicas", 2),
    Setting("3 replicas", 3),
    Setting("3 replicas, each change on disk before it is answered", 3, durable=True),
)


@dataclass(frozen=True, slots=True)
class Served:
    """Servers that run."""

    addresses: Sequence[str]
    first: ServerProcess


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints tables in Markdown; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m perf.replicas", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of load (%(default)s)")
    parser.add_argument("--seconds", type=int, default=2, help="of each load (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        require_wrk()
    except NoLoadTool as error:
        sys.exit(str(error))
    if lack := lacking([REDIS]):
        sys.exit(lack)
    _tell(_table("orders per second", _rates(options.rounds, options.seconds)))
    _tell(_table("from the change to the subscriber, in ms", _each(_event_delays)))
    _tell(_table("executed too late, in ms", _each(_lateness)))
    _tell([f"{name} {value}" for name, value in machine().items()])
    return 0


def _tell(lines: Sequence[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


def _rates(rounds: int, seconds: int) -> Mapping[str, list[float]]:
    """Rounds in turn, so that what else the machine does falls on all alike."""
    found: dict[str, list[float]] = {setting.name: [] for setting in SETTINGS}
    for _ in range(rounds):
        for setting in SETTINGS:
            with _running(setting, NO_DELAY) as served:
                found[setting.name].append(_rate(served, seconds))
    return {name: [median(rates), min(rates), max(rates)] for name, rates in found.items()}


def _rate(served: Served, seconds: int) -> float:
    request = TRADING.requests.place(_DRAFT)
    measure = partial(load, request=request, seconds=seconds)
    with ThreadPoolExecutor(len(served.addresses)) as pool:
        return sum(each.rate for each in pool.map(measure, served.addresses))


def _each(measure: Callable[[Setting], list[float]]) -> Mapping[str, list[float]]:
    """The median, the 99th percentile and the largest, for the baseline and three replicas."""
    found = {}
    for setting in (BASELINE, SETTINGS[3]):
        spread = Distribution.of(1000 * each for each in measure(setting))
        assert spread is not None, "there are events of all orders"
        found[setting.name] = [spread.p50, spread.p99, spread.greatest]
    return found


def _event_delays(setting: Setting) -> list[float]:
    """Orders at each server in turn, heard of at every server."""
    with _running(setting, NO_DELAY) as served, ExitStack() as several:
        recorders = [
            several.enter_context(EventRecorder(address, TRADING, _PATIENCE))
            for address in served.addresses
        ]
        clients = [OrdersClient(address, TRADING, _PATIENCE) for address in served.addresses]
        for number in range(_ORDERS):
            clients[number % len(clients)].place(_DRAFT)
        for recorder in recorders:
            recorder.wait(partial(_heard, recorder, 2 * _ORDERS), _PATIENCE)
        offset = time.time() - time.perf_counter()
        return [
            received.received + offset - received.event.occurred_at.timestamp()
            for recorder in recorders
            for received in recorder.events
        ]


def _heard(recorder: EventRecorder, events: int) -> bool:
    return len(recorder.events) >= events


def _lateness(setting: Setting) -> list[float]:
    """By how much orders are executed too late; of several servers, the one that has them dies."""
    with ExitStack() as several:
        served = several.enter_context(_running(setting, _SHORT_DELAY))
        recorder = EventRecorder(served.addresses[-1], TRADING, _PATIENCE)
        several.enter_context(recorder)
        client = OrdersClient(served.addresses[0], TRADING, _PATIENCE)
        with ThreadPoolExecutor(_LEFT_BEHIND) as pool:
            answers = list(pool.map(client.place, [_DRAFT] * _LEFT_BEHIND))
        if setting.replicas:
            served.first.kill()
        recorder.wait(partial(_heard, recorder, 2 * _LEFT_BEHIND), _PATIENCE)
    due = {
        answer.outcome.order_id: answer.received + _SHORT
        for answer in answers
        if isinstance(answer.outcome, Order)
    }
    return [
        received.received - due[received.event.order_id]
        for received in recorder.events
        if received.event.status is OrderStatus.EXECUTED
    ]


@contextmanager
def _running(setting: Setting, settings: Mapping[str, str]) -> Iterator[Served]:
    if setting.replicas:
        with Replicas(setting.replicas, settings, durable=setting.durable) as replicas:
            yield Served(replicas.addresses, replicas.servers[0])
        return
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        ServerProcess(SERVER, settings, Path(folder, "server.log")) as server,
    ):
        yield Served([server.await_address()], server)


def _table(what: str, found: Mapping[str, Sequence[float]]) -> list[str]:
    columns = ("median", "least", "most") if "second" in what else ("p50", "p99", "largest")
    head = f"| {what} | {' | '.join(columns)} | ratio to in memory |"
    lines = [head, "|---|" + "---:|" * (len(columns) + 1)]
    for name, values in found.items():
        cells = [f"{value:,.0f}" if value >= 100 else f"{value:.1f}" for value in values]  # noqa: PLR2004 - readable
        ratio = values[0] / found[IN_MEMORY][0]
        lines.append(f"| {name} | {' | '.join(cells)} | {ratio:.2f} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
