"""Minutes of mixed load on a server of its own: `python -m perf.soak --minutes 10`.

Nothing may be lost, and answer times and memory must stay flat after the warm-up.
"""

import argparse
import asyncio
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from driver import TRADING, DriverError, EventRecorder, OrdersClient
from driver.server_process import ServerDidNotStart
from perf.bench.servers import NO_DELAY, OURS, Running, running
from perf.soak.course import Reading, Window, bytes_per_order, findings, windows
from perf.soak.misbehaving import Mallory
from perf.soak.picture import draw
from perf.soak.traders import Traders

_TRADERS = 5
_PAUSE = 0.04
_SUBSCRIBERS = 5
_PATIENCE = 30.0
_EVENTS_OF_AN_ORDER = 2  # PENDING, then EXECUTED or CANCELLED
_WINDOWS = 60
_OUTPUT = Path("reports", "soak")
# Full after the warm-up, so that what still grows is what is kept of orders.
_SETTINGS = {**NO_DELAY, "HISTORY": "1000"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs, prints and writes; 1 if something was lost or did not stay flat."""
    parser = argparse.ArgumentParser(prog="python -m perf.soak", description=__doc__)
    parser.add_argument("--minutes", type=_minutes, default=10.0, help="how long (%(default)g)")
    parser.add_argument("--output", type=Path, default=_OUTPUT, help="folder (%(default)s)")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        with running(OURS, options.output / "logs", settings=_SETTINGS) as server:
            problems = list(_soak(server, options.minutes * 60, options.output))
    except (ServerDidNotStart, DriverError, TimeoutError, OSError) as error:
        problems = [str(error)]
    for problem in problems:
        print(f"ERROR: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _soak(server: Running, seconds: float, output: Path) -> Iterator[str]:
    traders = Traders(server.base_url, TRADING, _TRADERS, _PAUSE)
    mallory, leave = Mallory(server.base_url, TRADING), threading.Event()
    misbehaving = threading.Thread(target=mallory.misbehave, args=(leave,), daemon=True)
    with ExitStack() as stack:
        client = OrdersClient(server.base_url, TRADING, _PATIENCE)
        stack.callback(client.close)
        subscribers = [client.subscribe() for _ in range(_SUBSCRIBERS)]
        for each in subscribers:
            stack.callback(each.close)
        misbehaving.start()
        readings = asyncio.run(_trade(traders, server, seconds))
        leave.set()
        misbehaving.join()
        lost = [found for each in subscribers for found in _missing(each, len(traders.accepted))]
    course = windows(traders.calls, readings)
    _publish(course, output)
    print(_summary(course, mallory.times))
    yield from (*traders.told(), *lost, *findings(course))


def _missing(subscriber: EventRecorder, orders: int) -> Iterator[str]:
    wanted = _EVENTS_OF_AN_ORDER * orders
    subscriber.wait(lambda: subscriber.last_sequence >= wanted, _PATIENCE)
    received = len(subscriber.events)
    if (received, subscriber.last_sequence) != (wanted, wanted):
        yield f"a subscriber received {received} events instead of {wanted}"
    yield from map(str, subscriber.violations)


async def _trade(traders: Traders, server: Running, seconds: float) -> list[Reading]:
    stop = asyncio.Event()
    trading = asyncio.create_task(traders.trade(stop))
    readings = [Reading(time.perf_counter(), server.memory, 0)]
    for _ in range(_WINDOWS):
        await asyncio.wait([trading], timeout=seconds / _WINDOWS)
        now = time.perf_counter()
        readings.append(Reading(now, server.memory, len(traders.accepted)))
    stop.set()
    await trading
    return readings


def _publish(course: Sequence[Window], output: Path) -> None:
    text = json.dumps([asdict(each) for each in course], indent=1)
    (output / "soak.json").write_text(text, encoding="utf-8")
    draw(course, output / "soak.svg")


def _summary(course: Sequence[Window], misbehaved: int) -> str:
    answers = sum(each.answers for each in course)
    return (
        f"{course[-1].orders:,} orders and {answers:,} answers, {_SUBSCRIBERS} subscribers, "
        f"{course[-1].end / 60:.1f} minutes; {misbehaved} times a subscriber misbehaved.\n"
        f"p99 {course[0].p99 * 1e3:.1f} ms at first, {course[-1].p99 * 1e3:.1f} ms at last; "
        f"memory {course[0].memory / 1e6:.0f} MB at first, {course[-1].memory / 1e6:.0f} MB at "
        f"last, {bytes_per_order(course[len(course) // 10 :]):,.0f} bytes for each order kept."
    )


def _minutes(given: str) -> float:
    try:
        minutes = float(given)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= 24 * 60:
        raise argparse.ArgumentTypeError(f"{given} is not a number of minutes, up to a day")
    return minutes


if __name__ == "__main__":
    sys.exit(main())
